import type { StoredCookie } from '../../model/session.ts';

/** Cookies read from a text, and what in it could not be read. */
export interface ReadCookies {
  readonly cookies: readonly StoredCookie[];
  /** Line numbers, or positions in a list, counted from 1. */
  readonly unread: readonly number[];
}

const HEADING = '# Netscape HTTP Cookie File';
/** How curl marks what scripts may not read. */
const HTTP_ONLY = '#HttpOnly_';

/**
 * The cookies in the format that Netscape had and curl, wget and yt-dlp read: seven fields between tabs, times in seconds.
 * It has no word for SameSite, and none for a cookie that goes to every host: those are left out.
 */
export function writeCookiesTxt(cookies: readonly StoredCookie[]): string {
  const lines = cookies.filter(({ domain }) => domain !== '').map(writeLine);
  return [HEADING, '', ...lines, ''].join('\n');
}

function writeLine({ name, value, domain, hostOnly, path, secure, httpOnly, expires }: StoredCookie): string {
  const host = hostOnly ? domain : `.${domain}`;
  const seconds = expires === null ? 0 : Math.floor(expires / 1000);
  const fields = [host, flag(!hostOnly), path, flag(secure), String(seconds), name, value];
  return (httpOnly ? HTTP_ONLY : '') + fields.join('\t');
}

const flag = (on: boolean): string => (on ? 'TRUE' : 'FALSE');

/** @param now when the cookies come into being, in milliseconds */
export function readCookiesTxt(text: string, now: number): ReadCookies {
  const cookies: StoredCookie[] = [];
  const unread: number[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '' || (line.startsWith('#') && !line.startsWith(HTTP_ONLY))) continue;
    const cookie = readLine(line, now);
    if (cookie === null) unread.push(index + 1);
    else cookies.push(cookie);
  }
  return { cookies, unread };
}

function readLine(line: string, now: number): StoredCookie | null {
  const httpOnly = line.startsWith(HTTP_ONLY);
  const [host = '', subdomains = '', path = '', secure = '', seconds = '', name = '', ...value] = (
    httpOnly ? line.slice(HTTP_ONLY.length) : line
  ).split('\t');
  const domain = host.replace(/^\./, '').toLowerCase();
  if (domain === '' || !isFlag(subdomains) || !isFlag(secure) || !/^-?\d+(?:\.\d+)?$/.test(seconds)) return null;
  // curl leaves the last field out where the value is empty.
  if (name === '' && value.length === 0) return null;
  const expires = Number(seconds) <= 0 ? null : Number(seconds) * 1000;
  return {
    name,
    value: value.join('\t'),
    domain,
    hostOnly: subdomains.toUpperCase() !== 'TRUE',
    path: path === '' ? '/' : path,
    secure: secure.toUpperCase() === 'TRUE',
    httpOnly,
    expires,
    creation: now,
  };
}

const isFlag = (text: string): boolean => /^(?:true|false)$/i.test(text);
