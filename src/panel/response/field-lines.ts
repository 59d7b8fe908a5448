import type { HeaderLines } from '../../model/exchange.ts';

/** The value of the last line of that name, letters in any case; null when there is none. */
export function fieldValue(lines: HeaderLines, name: string): string | null {
  return fieldValues(lines, name).at(-1) ?? null;
}

/** The values of all lines of that name, in order. */
export function fieldValues(lines: HeaderLines, name: string): string[] {
  const wanted = name.toLowerCase();
  return lines.filter(([line]) => line.toLowerCase() === wanted).map(([, value]) => value);
}
