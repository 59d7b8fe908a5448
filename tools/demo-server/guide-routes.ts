import { html, json } from './answer.ts';
import type { Answer } from './answer.ts';
import { indexPage } from './index-page.ts';
import type { DemoRequest } from './request.ts';
import type { RouteTable } from './router.ts';

/** The addresses that a well-known guide to Requests uses, with answers of the same kinds: an API, a search, a user. */
export const guideRoutes: RouteTable = {
  '/': (request) => (wantsApi(request) ? json(addresses) : html(indexPage)),
  '/search/repositories': search,
  '/user': user,
};

const addresses = {
  current_user_url: '/user',
  repository_search_url: '/search/repositories?q={query}',
};

/** A client that takes anything but does not ask for a page, as Requests does, wants the API; a browser wants a page. */
function wantsApi(request: DemoRequest): boolean {
  const accept = request.field('Accept');
  return accept !== undefined && !accept.includes('text/html');
}

const repositories = [
  { name: 'requests', language: 'Python', description: 'HTTP for people, in Python' },
  { name: 'requests-cache', language: 'Python', description: 'Keeps what requests has fetched' },
  { name: 'request-log', language: 'Rust', description: 'Writes down every request' },
];

/** Every word of `q` must be in name or description; `language:` narrows. Matches are told to whom asks for that type. */
function search(request: DemoRequest): Answer {
  const words = (request.parameter('q') ?? '').toLowerCase().split(/[\s+]+/);
  const languages = words.flatMap((word) => (word.startsWith('language:') ? [word.slice(9)] : []));
  const plain = words.filter((word) => word !== '' && !word.startsWith('language:'));
  const found = repositories.filter(
    ({ name, language, description }) =>
      languages.every((wanted) => wanted === language.toLowerCase()) &&
      plain.every((word) => `${name} ${description}`.toLowerCase().includes(word)),
  );
  const matching = request.field('Accept')?.includes('text-match') ?? false;
  const items = found.map((item) => (matching ? { ...item, text_matches: plain.map((text) => ({ text })) } : item));
  return json({ total_count: items.length, items });
}

/** Whoever names himself is let in. */
function user(request: DemoRequest): Answer {
  const given = /^basic\s+(\S+)$/i.exec(request.field('Authorization') ?? '')?.[1];
  const login = given === undefined ? undefined : Buffer.from(given, 'base64').toString().split(':', 1)[0];
  const challenge: [string, string] = ['WWW-Authenticate', 'Basic realm="demo"'];
  return login === undefined ? json({ message: 'Requires authentication' }, [challenge], 401) : json({ login });
}
