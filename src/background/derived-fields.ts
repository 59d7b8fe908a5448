import type { HeaderLine, WireRequest } from '../http/types.ts';
import { bodyLength, type BrowserName } from './hop-plan.ts';

/**
 * The fields that the network layer adds below webRequest, computed. Chromium leaves out Host (unless a rule set it),
 * Connection, Content-Length and the fields of the cache mode; Firefox leaves out Priority and those of the cache mode.
 * End-to-end tests compare observed and derived together with what a raw socket received.
 * @param sent what webRequest saw
 */
export function derivedFields(
  w: WireRequest,
  url: string,
  sent: readonly HeaderLine[],
  browser: BrowserName,
): HeaderLine[] {
  const seen = new Set(sent.map(([name]) => name.toLowerCase()));
  const derived: HeaderLine[] = [];
  const add = (name: string, value: string): void => {
    if (!seen.has(name.toLowerCase())) derived.push([name, value]);
  };
  if (browser === 'chrome') {
    add('Host', new URL(url).host);
    add('Connection', 'keep-alive');
    // The transport gives every other method a body, an empty one if need be, as Requests does.
    if (w.method !== 'GET' && w.method !== 'HEAD') add('Content-Length', String(bodyLength(w.body) ?? 0));
  } else {
    add('Priority', 'u=4');
  }
  if (w.cache === 'no-store') {
    add('Pragma', 'no-cache');
    add('Cache-Control', 'no-cache');
  }
  return derived;
}
