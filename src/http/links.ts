import { cut } from './split-url.ts';
import { stripChars } from './whitespace.ts';

/** One link: `url`, and its parameters (`rel`, `title` …) by name as written. Has no prototype. */
export type Link = Readonly<Record<string, string>>;

const QUOTES = ' \'"';

function parseLink(value: string): Link {
  const link: Record<string, string> = Object.create(null);
  const [url, params] = cut(value, ';');
  link['url'] = stripChars(url, `<>${QUOTES}`);
  for (const param of params.split(';')) {
    const parts = param.split('=');
    const [name, text] = parts;
    // A parameter with no `=`, or more than one, ends the link.
    if (name === undefined || text === undefined || parts.length > 2) break;
    link[stripChars(name, QUOTES)] = stripChars(text, QUOTES);
  }
  return link;
}

/** The links of a Link field (RFC 8288), split as Requests does it: at `, <` and `;`, quoted or not. */
export function parseHeaderLinks(value: string): Link[] {
  const text = stripChars(value, QUOTES);
  return text === '' ? [] : text.split(/, *</).map(parseLink);
}

/** The links of a Link field by `rel`, or by URL where they have none; of two alike the last wins. No prototype. */
export function linksByRel(value: string | undefined): Readonly<Record<string, Link>> {
  const links: Record<string, Link> = Object.create(null);
  for (const link of value === undefined ? [] : parseHeaderLinks(value)) links[link['rel'] || link['url'] || ''] = link;
  return links;
}
