import type { JsonRow } from '../../../inspect/body-view.ts';
import { JsonKind } from '../../../inspect/json-nodes.ts';
import { formatBytes } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { MarkedText } from './marked-text.tsx';

const kinds: Readonly<Record<JsonKind, string>> = {
  [JsonKind.object]: 'object',
  [JsonKind.array]: 'array',
  [JsonKind.string]: 'string',
  [JsonKind.number]: 'number',
  [JsonKind.literal]: 'literal',
  [JsonKind.cut]: 'cut',
};

/** Where a value stands that a filter has found. */
export function FoundPath({ row }: { row: JsonRow }) {
  if (row.path === null) return null;
  return <span class="json-found">{row.path} </span>;
}

/** A member's key as written. */
export function JsonKey({ row }: { row: JsonRow }) {
  if (row.key === null) return null;
  return (
    <span class="json-key">
      <MarkedText text={row.key} marks={row.keyMarks} />
    </span>
  );
}

/** A plain value as written; of a very long one the beginning. */
export function JsonValue({ row }: { row: JsonRow }) {
  return (
    <>
      <span class="json-value" data-kind={kinds[row.kind]}>
        <MarkedText text={row.text} marks={row.marks} />
      </span>
      {row.clipped > 0 && <span class="json-note">… {strings.responseBody.clipped(formatBytes(row.clipped))}</span>}
    </>
  );
}

/** `{` and `}`, or `[` and `]`. */
export function bracketsOf(row: JsonRow): readonly [open: string, close: string] {
  return row.kind === JsonKind.object ? ['{', '}'] : ['[', ']'];
}

/** How many members or values a container holds, in words. */
export function sizeWords(row: JsonRow): string {
  const words = strings.responseBody;
  return (row.kind === JsonKind.object ? words.members : words.values)(
    row.size.toLocaleString('en-US'),
    row.size === 1,
  );
}
