import type { Draft, Row } from '../../model/draft.ts';
import { isBlank } from '../state/rows.ts';
import { strings } from '../strings.ts';

/** Members whose values are not shown, only how long they are. */
const HIDDEN = /^auth\.(?:password|token|headerValue)$/;

/**
 * A draft as lines, for showing how two of them differ: method and URL, rows as text, then every other value under its
 * path. Ids of rows and rows that say nothing do not count.
 */
export function draftLines({ method, url, params, headers, ...rest }: Draft): string[] {
  const lines = [`${method} ${url}`];
  // Those that are switched on stand in the URL.
  lines.push(
    ...rowLines(
      'params',
      params.filter((row) => !row.enabled),
    ),
    ...rowLines('headers', headers),
  );
  const walk = (path: string, value: unknown): void => {
    if (value === '') return;
    if (typeof value !== 'object' || value === null) {
      const text = HIDDEN.test(path) ? strings.collectionsStart.hidden(String(value).length) : String(value);
      lines.push(...text.split(/\r\n|\r|\n/).map((line) => `${path}: ${line}`));
    } else if (Array.isArray(value)) {
      for (const item of value) walk(path, isRow(item) ? rowText(item) : item);
    } else for (const [name, member] of Object.entries(value)) walk(path === '' ? name : `${path}.${name}`, member);
  };
  walk('', plain(rest));
  return lines;
}

const rowLines = (title: string, rows: readonly Row[]): string[] =>
  rows.filter((row) => !isBlank(row)).map((row) => `${title}: ${rowText(row)}`);

function isRow(value: unknown): value is Omit<Row, 'id'> {
  return typeof value === 'object' && value !== null && 'name' in value && 'value' in value && 'enabled' in value;
}

const rowText = ({ enabled, name, value }: Omit<Row, 'id'>): string => `${enabled ? '' : '// '}${name}: ${value}`;

/** Whether two drafts say the same. */
export function isSameDraft(a: Draft, b: Draft): boolean {
  return a === b || draftText(a) === draftText(b);
}

const known = new WeakMap<Draft, string>();

function draftText(draft: Draft): string {
  let text = known.get(draft);
  if (text === undefined) {
    const { id: _, ...rest } = draft;
    text = JSON.stringify(plain(rest));
    known.set(draft, text);
  }
  return text;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isBlankRow(item)).map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'id');
  // The order of members is the writer's; an older version may have had another.
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

function isBlankRow(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('name' in item) || !('value' in item)) return false;
  const { name, value } = item;
  const isFile = 'filename' in item && item.filename !== '';
  return typeof name === 'string' && typeof value === 'string' && isBlank({ name, value }) && !isFile;
}
