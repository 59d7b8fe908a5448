/** What could reach the network, run, or lead elsewhere, whatever the sandbox and the policy say. */
const ACTIVE =
  'script, link, meta[http-equiv], base, iframe, frame, frameset, object, embed, applet, portal, fencedframe, template';

/** Nothing runs, nothing is loaded: only what stands in the document itself is drawn. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; form-action 'none'; base-uri 'none'";

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;max-width:800px;margin:12px 16px;overflow-wrap:anywhere}
pre,code{font:12px/1.5 ui-monospace,Consolas,monospace;background:#f2f3f5}pre{padding:8px;overflow:auto}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 8px}img{max-width:100%}
blockquote{margin-left:0;padding-left:12px;border-left:3px solid #ccc}`;

/** An address outside of the document, as a picture or a style sheet of it. */
export type Remote = ReadonlyMap<string, string>;

/**
 * A document for the sandboxed frame: without anything active, and with a policy of its own that stands before all
 * else. Parsing it here runs and loads nothing (HTML section 8.5.1: such a document has no browsing context).
 * @param remote what was loaded on demand, as `data:` URLs by address
 */
export function inertHtml(html: string, baseUrl: string, remote: Remote = new Map(), withStyle = false): string {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const link of parsed.querySelectorAll('link')) {
    const sheet = remote.get(addressOf(link, 'href', baseUrl) ?? '');
    if (sheet === undefined || !isSheet(link)) continue;
    const style = parsed.createElement('style');
    style.textContent = sheet;
    link.replaceWith(style);
  }
  for (const image of parsed.querySelectorAll('img')) {
    const data = remote.get(addressOf(image, 'src', baseUrl) ?? '');
    image.removeAttribute('srcset');
    if (data !== undefined) image.setAttribute('src', data);
  }
  for (const element of parsed.querySelectorAll(ACTIVE)) element.remove();
  for (const element of parsed.querySelectorAll('[ping], [target]')) {
    element.removeAttribute('ping');
    element.removeAttribute('target');
  }
  const head = parsed.createElement('head');
  head.append(
    meta(parsed, 'http-equiv', 'Content-Security-Policy', POLICY),
    // Without it names behind links are looked up.
    meta(parsed, 'http-equiv', 'x-dns-prefetch-control', 'off'),
    meta(parsed, 'name', 'referrer', 'no-referrer'),
  );
  if (withStyle) {
    const style = parsed.createElement('style');
    style.textContent = STYLE;
    head.append(style);
  }
  head.append(...parsed.head.childNodes);
  parsed.head.replaceWith(head);
  const isStandard = parsed.doctype !== null && parsed.compatMode !== 'BackCompat';
  const mode = isStandard || withStyle ? '<!doctype html>' : '';
  return mode + parsed.documentElement.outerHTML;
}

/** Addresses of pictures and style sheets that the document would load, each once. */
export function remoteAddresses(html: string, baseUrl: string): { images: string[]; sheets: string[] } {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const pick = (elements: Iterable<Element>, attribute: string): string[] => [
    ...new Set([...elements].flatMap((element) => addressOf(element, attribute, baseUrl) ?? [])),
  ];
  return {
    images: pick(parsed.querySelectorAll('img[src]'), 'src'),
    sheets: pick([...parsed.querySelectorAll('link[href]')].filter(isSheet), 'href'),
  };
}

function isSheet(link: Element): boolean {
  return (link.getAttribute('rel') ?? '').toLowerCase().split(/\s+/).includes('stylesheet');
}

function addressOf(element: Element, attribute: string, baseUrl: string): string | null {
  const value = element.getAttribute(attribute);
  if (value === null || !URL.canParse(value, baseUrl)) return null;
  const { protocol, href } = new URL(value, baseUrl);
  return protocol === 'http:' || protocol === 'https:' ? href : null;
}

function meta(parsed: Document, name: string, value: string, content: string): HTMLMetaElement {
  const element = parsed.createElement('meta');
  element.setAttribute(name, value);
  element.setAttribute('content', content);
  return element;
}
