import { utf8 } from './text-encoding.ts';

/** Characters (bytes, in fact) that a cookie value may hold unquoted. */
const unquoted = /^[A-Za-z0-9/=!#$%&'*+\-.^_`|~:]*$/;

/** A Set-Cookie value as httpbin writes it: odd characters make it a quoted string with octal escapes, Path is `/`. */
export function setCookie(name: string, value: string, attributes = ''): [string, string] {
  return ['Set-Cookie', `${Buffer.from(name).toString('latin1')}=${quoted(value)}${attributes}; Path=/`];
}

/** A Set-Cookie value that makes the client forget the cookie. */
export function forgetCookie(name: string): [string, string] {
  return setCookie(name, '', '; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0');
}

function quoted(value: string): string {
  const bytes = Buffer.from(value).toString('latin1');
  if (unquoted.test(bytes)) return bytes;
  const escaped = bytes.replace(/["\\]|[^ -~]|[,;]/g, (byte) =>
    byte === '"' || byte === '\\' ? `\\${byte}` : `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return `"${escaped}"`;
}

/** The cookies of a Cookie field; of several with one name the first counts, nameless ones are left out. */
export function readCookies(field: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  const pair = /([^=;]*)(?:\s*=\s*("(?:[^\\"]|\\.)*"|[^;]*?))?\s*(?:;|$)/y;
  pair.lastIndex = 0;
  for (const [, name = '', value = ''] of eachMatch(pair, field ?? '')) {
    const key = utf8(name.trim());
    if (key && !cookies.has(key)) cookies.set(key, utf8(withoutQuotes(value)));
  }
  return cookies;
}

function* eachMatch(sticky: RegExp, text: string): Generator<RegExpExecArray> {
  while (sticky.lastIndex < text.length) {
    const found = sticky.exec(text);
    if (!found) return;
    yield found;
  }
}

function withoutQuotes(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value
    .slice(1, -1)
    .replace(/\\(?:([0-3][0-7][0-7])|(.))/g, (_all, octal: string | undefined, plain: string) =>
      octal === undefined ? plain : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
