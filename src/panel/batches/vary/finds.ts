import type { Find, Found } from '../../../model/batch.ts';
import type { HeaderLines } from '../../../model/exchange.ts';

/** What is extracted is shown in a cell: so many characters of it. */
const LONGEST = 200;

/** What is wrong with it, or null. */
export function findProblem(find: Find): string | null {
  try {
    pattern(find);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function pattern({ text, isRegex }: Find): RegExp {
  return new RegExp(isRegex ? text : text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`), 'gimu');
}

/** A response as text that can be searched: its fields, an empty line, its body as UTF-8. */
export function searchable(fields: HeaderLines, body: Uint8Array<ArrayBuffer> | null): string {
  const lines = fields.map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\n')}\n\n${body === null ? '' : new TextDecoder().decode(body)}`;
}

/** How often it is there, or what the first match (its first group, if it has one) is; null: it is not there. */
export function look(find: Find, text: string): Found {
  const matches = text.matchAll(pattern(find));
  if (find.kind === 'count') return [...matches].length;
  const [first] = matches;
  return first === undefined ? null : (first[1] ?? first[0]).slice(0, LONGEST);
}
