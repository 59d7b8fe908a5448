import { page } from './answer.ts';

const groups: readonly (readonly [title: string, entries: readonly (readonly [path: string, what: string])[]])[] = [
  [
    'Show the request',
    [
      ['/get', 'also /post, /put, /patch, /delete with their methods'],
      ['/anything', 'any method, any path below'],
      ['/headers', 'the header fields'],
      ['/ip', 'your address'],
      ['/user-agent', 'what calls itself your client'],
      ['/response-headers?a=b', 'sends the pairs as header fields'],
    ],
  ],
  [
    'Status and redirects',
    [
      ['/status/418', 'any code; several with commas, one is picked'],
      ['/redirect/3', 'also /relative-redirect/3 and /absolute-redirect/3'],
      ['/redirect-to?url=/get&status_code=307', 'to any address'],
      ['/links/5', 'a page of links'],
    ],
  ],
  [
    'Cookies',
    [
      ['/cookies', 'what came with the request'],
      ['/cookies/set?name=value', 'also /cookies/set/name/value'],
      ['/cookies/delete?name', 'takes it back'],
    ],
  ],
  [
    'Credentials',
    [
      ['/basic-auth/user/password', 'Basic; /hidden-basic-auth answers 404 instead of 401'],
      ['/bearer', 'any Bearer token'],
      ['/digest-auth/auth/user/password', 'Digest; then /MD5, /SHA-256 or /SHA-512, then /how-many-answers'],
    ],
  ],
  [
    'Bodies',
    [
      ['/json', 'also /html, /xml, /robots.txt, /encoding/utf8, /forms/post'],
      ['/image/png', 'also jpeg, webp, svg, or /image by Accept'],
      ['/gzip', 'also /deflate, /brotli'],
      ['/bytes/1024?seed=1', 'random bytes; /stream-bytes/1024 in chunks'],
      ['/range/1024', 'understands Range'],
    ],
  ],
  [
    'Like an API',
    [
      ['/search/repositories?q=requests+language:python', 'a search'],
      ['/user', 'who you are, if you say so with Basic'],
    ],
  ],
  [
    'Time and caching',
    [
      ['/delay/2', 'answers after so many seconds'],
      ['/drip?duration=2&numbytes=10', 'a byte now and then'],
      ['/stream/5', 'so many lines of JSON'],
      ['/cache', 'also /cache/60 and /etag/tag'],
    ],
  ],
];

const style = `<style>
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem }
dl { display: grid; grid-template-columns: minmax(0, 22rem) 1fr; gap: .1rem 1rem; margin: 0 }
dt { font-family: ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere }
dd { margin: 0 }
</style>`;

/** The start page: what this server offers. */
export const indexPage = page(
  'Demo server',
  `${style}
<p>A server to try Request Workbench on. It answers like httpbin, runs on this computer alone, and keeps nothing.</p>
${groups.map(([title, entries]) => `<h2>${title}</h2>\n<dl>\n${entries.map(entryMarkup).join('\n')}\n</dl>`).join('\n')}`,
);

function entryMarkup([path, what]: readonly [string, string]): string {
  const shown = path.replaceAll('&', '&amp;');
  return `<dt><a href="${shown}">${shown}</a></dt><dd>${what}</dd>`;
}
