import type { Row } from '../../model/draft.ts';
import { mayHoldTokens, parseTemplate, replaceTokens } from '../../variables/template.ts';
import { isBlank, liveRows, newRow } from './rows.ts';

/**
 * Keeps the query of a URL and the Params rows in step. The URL's spelling belongs to the person who typed it: a row
 * that is edited rewrites its own pair alone, and all the others keep their escapes, cases and odd signs. Tokens stand in
 * both as they are, whatever signs they hold. Pure.
 */
interface Split {
  /** Up to the question mark. */
  readonly before: string;
  /** Without the question mark; null when there is none. */
  readonly query: string | null;
  /** From the number sign on, with it. */
  readonly fragment: string;
}

/** The text with something in the place of each token that divides nothing; every other sign stays where it is. */
const withoutTokens = (text: string): string => replaceTokens(text, (written) => 'x'.repeat(written.length));

/** What `change` makes of the text around tokens. */
function aroundTokens(text: string, change: (part: string) => string): string {
  if (!mayHoldTokens(text)) return change(text);
  return parseTemplate(text)
    .map(({ kind, start, end }) => (kind === 'text' ? change(text.slice(start, end)) : text.slice(start, end)))
    .join('');
}

/** As `split`, but not within tokens. */
function splitOutside(text: string, sign: string): string[] {
  let at = 0;
  return withoutTokens(text)
    .split(sign)
    .map((part) => {
      const start = at;
      at += part.length + sign.length;
      return text.slice(start, start + part.length);
    });
}

function splitUrl(url: string): Split {
  const bare = withoutTokens(url);
  const hash = bare.indexOf('#');
  const main = hash === -1 ? url : url.slice(0, hash);
  const fragment = hash === -1 ? '' : url.slice(hash);
  const mark = bare.slice(0, main.length).indexOf('?');
  if (mark === -1) return { before: main, query: null, fragment };
  return { before: main.slice(0, mark), query: main.slice(mark + 1), fragment };
}

interface Pair {
  readonly name: string;
  readonly value: string;
  readonly raw: string;
}

/** Text between two `&` as a name and a value; escapes that are not UTF-8 stay as they are. */
function readPair(raw: string): Pair {
  const equals = withoutTokens(raw).indexOf('=');
  const name = equals === -1 ? raw : raw.slice(0, equals);
  const value = equals === -1 ? '' : raw.slice(equals + 1);
  return { name: decode(name), value: decode(value), raw };
}

function decode(text: string): string {
  return aroundTokens(text, (part) => {
    try {
      const decoded = decodeURIComponent(part.replaceAll('+', ' '));
      // Escaped braces are no token, and must not become one.
      return mayHoldTokens(decoded) ? part : decoded;
    } catch {
      return part;
    }
  });
}

const encode = (text: string): string => aroundTokens(text, encodePart);

/** As Requests' urlencode quotes: UTF-8, space as `+`, all but letters, digits and `_.-~` escaped. */
function encodePart(text: string): string {
  // A lone surrogate has no UTF-8; a half-typed character must not make editing throw.
  const wellFormed = text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
  return encodeURIComponent(wellFormed)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

const writePair = (row: Row): string => `${encode(row.name)}=${encode(row.value)}`;

const pairsOf = (url: string): Pair[] => splitOutside(splitUrl(url).query ?? '', '&').map(readPair);
const shown = (pairs: readonly Pair[]): Pair[] => pairs.filter((pair) => !isBlank(pair));

/**
 * The rows after the URL was edited. Rows whose pair is unchanged stay the same rows (ids and all), rows that are switched
 * off keep their place among them.
 */
export function rowsFromUrl(url: string, before: readonly Row[]): Row[] {
  const pairs = shown(pairsOf(url));
  const live = liveRows(before);
  const matches = (row: Row | undefined, pair: Pair | undefined): boolean =>
    row !== undefined && pair !== undefined && row.name === pair.name && row.value === pair.value;

  let head = 0;
  while (head < live.length && matches(live[head], pairs[head])) head++;
  let tail = 0;
  while (tail < live.length - head && matches(live.at(-1 - tail), pairs[pairs.length - 1 - tail])) {
    if (pairs.length - tail <= head) break;
    tail++;
  }

  const middleRows = live.slice(head, live.length - tail);
  const middlePairs = pairs.slice(head, pairs.length - tail);
  const replaced = new Map(middleRows.map((row, index) => [row.id, middlePairs[index]]));
  const added = middlePairs.slice(middleRows.length).map(({ name, value }) => newRow({ name, value }));
  const liveIds = new Set(live.map((row) => row.id));
  /** New rows go after the last row that was changed, or else after the unchanged beginning. */
  const anchor = middleRows.at(-1)?.id ?? live[head - 1]?.id ?? null;

  const rows: Row[] = anchor === null ? [...added] : [];
  for (const row of before) {
    if (!liveIds.has(row.id)) {
      // Enabled and blank: it has no pair, and the URL now tells what there is.
      if (!row.enabled) rows.push(row);
    } else if (!replaced.has(row.id)) {
      rows.push(row);
    } else {
      const pair = replaced.get(row.id);
      if (pair !== undefined) rows.push({ ...row, name: pair.name, value: pair.value });
    }
    if (row.id === anchor) rows.push(...added);
  }
  return rows;
}

/**
 * The URL after the rows were edited.
 * @param before the rows that stood in step with `url`
 */
export function urlFromRows(url: string, before: readonly Row[], after: readonly Row[]): string {
  const { before: start, query, fragment } = splitUrl(url);
  const liveBefore = new Map(liveRows(before).map((row, index) => [row.id, { row, index }]));
  const raws: string[] = [];
  /** What stands before each shown pair: empty pairs, as in `a=1&&b=2`. */
  const paddings: string[][] = [];
  let padding: string[] = [];
  for (const pair of (query ?? '') === '' ? [] : pairsOf(url)) {
    if (isBlank(pair)) {
      padding.push(pair.raw);
      continue;
    }
    raws.push(pair.raw);
    paddings.push(padding);
    padding = [];
  }

  const segments: string[] = [];
  for (const row of liveRows(after)) {
    const known = liveBefore.get(row.id);
    const unchanged = known !== undefined && known.row.name === row.name && known.row.value === row.value;
    segments.push(...((known === undefined ? undefined : paddings[known.index]) ?? []));
    segments.push((unchanged ? raws[known.index] : undefined) ?? writePair(row));
  }
  segments.push(...padding);

  if (segments.length > 0) return `${start}?${segments.join('&')}${fragment}`;
  return query === '' && raws.length === 0 ? url : start + fragment;
}
