import { rawHttp } from '../../../inspect/raw-http.ts';
import type { Draft } from '../../../model/draft.ts';
import type { Hop, PreparedView } from '../../../model/exchange.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { alignBodies, pairBodies, type AlignedBodyLine } from './align-bodies.ts';
import { alignFields, isReordered, type FieldLine, type LineMark } from './align-fields.ts';
import { preparedBodyLines, shortened, sizeWords } from './body-lines.ts';
import { composedBody, composedFields, originOf } from './composed-view.ts';

/** A row of a column: a line of the request, or nothing so that the columns stay level. */
export type ColumnRow =
  | { readonly kind: 'start'; readonly text: string; readonly marks: readonly LineMark[] }
  | { readonly kind: 'field'; readonly line: FieldLine }
  | { readonly kind: 'body'; readonly text: string; readonly marks: readonly LineMark[] }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'none' };

export interface Column {
  readonly name: 'composed' | 'prepared' | 'sent';
  readonly rows: readonly ColumnRow[];
  /** The whole as HTTP/1.1 writes it; null when there is nothing to copy. */
  readonly raw: string | null;
}

const words = strings.sent;
const NONE: ColumnRow = { kind: 'none' };

/** The three views of one hop, row by row. */
export function sentViews(
  snapshot: ExchangeSnapshot,
  hop: Hop | null,
): { columns: readonly Column[]; rowCount: number } {
  const draft = snapshot.composed;
  const prepared = hop?.request ?? snapshot.prepared;
  const sent = hop?.sent ?? null;
  const fields = alignFields({
    composed: draft === null ? [] : composedFields(draft),
    prepared: prepared?.headers ?? null,
    sent,
    derived: sent === null ? [] : (hop?.derived ?? []),
    plan: snapshot.plan,
    originOf: (name) => originOf(name, snapshot.taken),
  });
  const composedStart = draft === null ? '' : `${draft.method} ${draft.url}`;
  const preparedStart = prepared === null ? '' : `${prepared.method} ${prepared.url}`;
  const startMarks: readonly LineMark[] = draft !== null && composedStart !== preparedStart ? ['changed'] : [];
  const body = alignedBody(draft, prepared);
  const fieldRow = (line: FieldLine | null): ColumnRow => (line === null ? NONE : { kind: 'field', line });

  const columns: Column[] = [
    {
      name: 'composed',
      rows: [
        draft === null ? NONE : { kind: 'start', text: composedStart, marks: [] },
        ...fields.map((row) => fieldRow(row.composed)),
        draft === null || draft.auth.type === 'none' || draft.auth.type === 'inherit'
          ? NONE
          : { kind: 'note', text: words.auth(strings.auth.types[draft.auth.type]) },
        ...body.map(({ composed }) => bodyRow(composed)),
      ],
      raw: draft === null ? null : rawDraft(draft),
    },
    {
      name: 'prepared',
      rows:
        prepared === null
          ? [{ kind: 'note', text: words.notPrepared }]
          : [
              { kind: 'start', text: preparedStart, marks: startMarks },
              ...fields.map((row) => fieldRow(row.prepared)),
              paramsRow(snapshot, hop),
              ...body.map((row) => bodyRow(row.prepared)),
            ],
      raw: prepared === null ? null : rawPrepared(prepared, prepared.headers),
    },
    {
      name: 'sent',
      rows:
        sent === null || hop === null
          ? [{ kind: 'note', text: hop !== null && hop.error !== null ? words.neverSent : words.notSeen }]
          : [
              { kind: 'start', text: preparedStart, marks: [] },
              ...fields.map((row) => fieldRow(row.sent)),
              isReordered(hop.request.headers, sent) ? { kind: 'note', text: words.otherOrder } : NONE,
              ...(hop.request.body.kind === 'none'
                ? []
                : [{ kind: 'note', text: words.sentBody(sizeWords(hop.request.body)) } as const]),
            ],
      raw: sent === null || hop === null ? null : rawPrepared(hop.request, [...sent, ...hop.derived]),
    },
  ];
  const shown = columns.filter(({ name }) => isOurs(name, snapshot));
  return { columns: shown, rowCount: Math.max(...shown.map(({ rows }) => rows.length)) };
}

/** Which params of the first hop's URL come from the session. */
function paramsRow({ taken }: ExchangeSnapshot, hop: Hop | null): ColumnRow {
  if (taken === undefined || taken.params.length === 0 || (hop !== null && hop.cause === 'redirect')) return NONE;
  return { kind: 'note', text: words.sessionParams(taken.session, taken.params.join(', ')) };
}

/** A replay was not composed here, and what the page sent was not prepared here either. */
function isOurs(name: Column['name'], { composed, isCaptured, state }: ExchangeSnapshot): boolean {
  if (name === 'composed') return composed !== null || state === 'idle';
  return name === 'sent' || isCaptured !== true;
}

function alignedBody(draft: Draft | null, prepared: PreparedView | null): AlignedBodyLine[] {
  const typed = draft === null ? { lines: [], isLiteral: false } : composedBody(draft.body);
  const ready = prepared === null ? { lines: [], isText: true } : preparedBodyLines(prepared);
  const compare = typed.isLiteral && ready.isText && prepared !== null ? alignBodies : pairBodies;
  return compare(shortened(typed.lines), shortened(ready.lines));
}

function bodyRow(line: AlignedBodyLine['composed']): ColumnRow {
  return line === null ? NONE : { kind: 'body', text: line.text, marks: line.mark === null ? [] : [line.mark] };
}

function rawDraft(draft: Draft): string {
  const { lines } = composedBody(draft.body);
  return rawHttp({
    startLine: `${draft.method} ${draft.url} HTTP/1.1`,
    fields: composedFields(draft),
    body: lines.length === 0 ? null : new TextEncoder().encode(lines.join('\n')),
  });
}

function rawPrepared({ method, target, body }: PreparedView, fields: PreparedView['headers']): string {
  return rawHttp({ startLine: `${method} ${target} HTTP/1.1`, fields, body: body.kind === 'none' ? null : body.head });
}
