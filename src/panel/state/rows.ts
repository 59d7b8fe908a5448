import type { Part, Row } from '../../model/draft.ts';

/** Rows of the name-and-value tables, and their form as text. Pure. */
export const newRow = (fields: Partial<Row> = {}): Row => ({
  id: crypto.randomUUID(),
  enabled: true,
  name: '',
  value: '',
  ...fields,
});

export const newPart = (fields: Partial<Part> = {}): Part => ({
  id: crypto.randomUUID(),
  enabled: true,
  name: '',
  kind: 'text',
  value: '',
  filename: '',
  contentType: '',
  headers: '',
  ...fields,
});

/** A blank row is not sent and says nothing. */
export const isBlank = (row: { name: string; value: string }): boolean => row.name === '' && row.value === '';

/** The rows that take part in the request. */
export const liveRows = <R extends Row>(rows: readonly R[]): R[] => rows.filter((row) => row.enabled && !isBlank(row));

const OFF = '// ';
/** Stands for a line break inside a name or a value, where each line of the text is a row. */
const BREAK = '\u21B5';

function lineOf(row: Row): string {
  const line = `${row.name}: ${row.value}`.replaceAll('\n', BREAK);
  return row.enabled ? line : OFF + line;
}

/** One `name: value` a line; rows that are switched off start with `//`. */
export const rowsToText = (rows: readonly Row[]): string =>
  rows
    .filter((row) => !isBlank(row))
    .map(lineOf)
    .join('\n');

/**
 * The rows that a text stands for. A line that still reads as one of `before` is that very row, so nothing that the text
 * cannot tell (ids, odd spaces) is lost by a look at it; the others are read anew, without the space around their value.
 */
export function textToRows(text: string, before: readonly Row[]): Row[] {
  const known = before.map((row) => ({ row, line: lineOf(row) }));
  const rows: Row[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const at = known.findIndex((candidate) => candidate.line === line);
    const same = at === -1 ? undefined : known.splice(at, 1)[0];
    rows.push(same?.row ?? rowFromLine(line));
  }
  return rows;
}

function rowFromLine(line: string): Row {
  const off = /^\s*\/\/ ?/.exec(line);
  const rest = off === null ? line : line.slice(off[0].length);
  // `a:b: c` is a parameter named `a:b`; without a space after a colon the first one divides.
  const spaced = rest.indexOf(': ');
  const colon = spaced === -1 ? rest.indexOf(':') : spaced;
  const [name, value] = colon === -1 ? [rest, ''] : [rest.slice(0, colon), rest.slice(colon + 1)];
  return newRow({
    enabled: off === null,
    name: name.trim().replaceAll(BREAK, '\n'),
    value: value.replace(/^[ \t]+|[ \t\r]+$/g, '').replaceAll(BREAK, '\n'),
  });
}
