import { strings } from '../strings.ts';

const words = strings.sessions;

/** What to know about an adapter's prefix before it surprises: it is plain text, compared without regard to case. */
export function prefixWarning(prefix: string, all: readonly string[]): string | null {
  const lower = prefix.toLowerCase();
  if (all.filter((other) => other.toLowerCase() === lower).length > 1) return words.prefixTwice;
  if (lower === '') return words.prefixEmpty;
  if (['http://', 'https://'].some((base) => base.startsWith(lower))) return null;
  const host = /^https?:\/\/([^/?#]*)$/.exec(lower)?.[1];
  if (host !== undefined) return words.prefixOpen(prefix, `${prefix}${/:\d+$/.test(host) ? '0' : '.evil'}`);
  return /^https?:\/\//.test(lower) ? null : words.prefixNowhere;
}
