import type { ResultSource } from './result-list.ts';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The listed results as a file. */
export function exportResults(source: ResultSource, indexes: readonly number[], format: ExportFormat): Blob {
  const records = indexes.map((index) => recordOf(source, index));
  return format === 'json'
    ? new Blob([`${JSON.stringify(records, null, 2)}\n`], { type: 'application/json' })
    : new Blob([writeCsv(records)], { type: 'text/csv' });
}

type Cell = string | number | null;
type ResultRecord = Readonly<Record<string, Cell>>;

function recordOf(source: ResultSource, index: number): ResultRecord {
  const row = source.row(index);
  const { method, url, values = [] } = source.label(index);
  return {
    number: index + 1,
    method,
    url,
    ...Object.fromEntries(values.map((value, at) => [`value ${at + 1}`, value])),
    ...source.more?.(index),
    outcome: row?.state ?? 'waiting',
    status: row?.status ?? null,
    size: row?.size ?? null,
    milliseconds: row === undefined ? null : Math.round(row.duration * 10) / 10,
    differences: row?.differences ?? null,
    error: row?.error?.name ?? null,
    message: row?.error?.message ?? null,
    ...Object.fromEntries(source.finds.map((find, at) => [`${find.kind} ${find.text}`, row?.found[at] ?? null])),
    sent: row === undefined ? null : new Date(row.at).toISOString(),
  };
}

/** RFC 4180, with a line of names. */
export function writeCsv(records: readonly ResultRecord[]): string {
  const names = Object.keys(records[0] ?? {});
  const lines = [names.map(csvCell), ...records.map((record) => names.map((name) => csvCell(record[name] ?? null)))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/**
 * A spreadsheet takes a text that begins like this for a formula, and what a server sent must not become one: such a cell
 * gets an apostrophe (OWASP, "CSV Injection").
 */
const FORMULA = /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;

function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== value ? `"${safe.replaceAll('"', '""')}"` : safe;
}
