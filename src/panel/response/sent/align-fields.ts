import type { HeaderLines, WireNoteView } from '../../../model/exchange.ts';
import { strings } from '../../strings.ts';

export type LineMark = 'added' | 'changed' | 'removed' | 'derived';

export interface FieldLine {
  readonly name: string;
  readonly value: string;
  /** How it differs from the view before (added, changed) and from the one behind (removed); derived: not observed. */
  readonly marks: readonly LineMark[];
  /** Where it comes from or why it changed; null when nothing is known. */
  readonly note: string | null;
}

/** One field in the three views, side by side; null where a view has no such line. */
export interface AlignedField {
  readonly composed: FieldLine | null;
  readonly prepared: FieldLine | null;
  readonly sent: FieldLine | null;
}

export interface FieldViews {
  readonly composed: HeaderLines;
  readonly prepared: HeaderLines | null;
  /** null: the browser has not reported it. */
  readonly sent: HeaderLines | null;
  readonly derived: HeaderLines;
  readonly plan: readonly WireNoteView[];
  /** Where a field comes from that nobody composed; null when that is not known. */
  readonly originOf: (name: string) => string | null;
}

interface Slots {
  composed: readonly [string, string] | null;
  prepared: readonly [string, string] | null;
  sent: readonly [string, string] | null;
  derived: boolean;
}

/**
 * Ties lines of the three views together by name and, among lines of one name, by position: browsers may send fields
 * in another order, and that alone is no difference. The order of the rows is the prepared one.
 */
export function alignFields({ composed, prepared, sent, derived, plan, originOf }: FieldViews): AlignedField[] {
  const slots = new Map<string, Slots>();
  const order: string[] = [];
  let after = -1;
  const place = (key: string): Slots => {
    const known = slots.get(key);
    if (known) {
      after = order.indexOf(key);
      return known;
    }
    const made: Slots = { composed: null, prepared: null, sent: null, derived: false };
    slots.set(key, made);
    order.splice(++after, 0, key);
    return made;
  };
  for (const [key, line] of keyed(prepared ?? [])) place(key).prepared = line;
  after = -1;
  for (const [key, line] of keyed(composed)) place(key).composed = line;
  // What only the wire has stands last, the computed fields behind the observed ones.
  for (const [i, [key, line]] of keyed([...(sent ?? []), ...derived]).entries()) {
    after = order.length - 1;
    const slot = place(key);
    slot.sent = line;
    slot.derived = i >= (sent?.length ?? 0);
  }
  return order.flatMap((key) => {
    const slot = slots.get(key);
    return slot ? [alignedField(slot, { hasPrepared: prepared !== null, hasSent: sent !== null, plan, originOf })] : [];
  });
}

interface Context {
  hasPrepared: boolean;
  hasSent: boolean;
  plan: readonly WireNoteView[];
  originOf: FieldViews['originOf'];
}

function alignedField({ composed, prepared, sent, derived }: Slots, context: Context): AlignedField {
  const reason = planReason(prepared ?? composed, context.plan);
  return {
    composed: composed && line(composed, prepared === null && context.hasPrepared ? ['removed'] : [], null),
    prepared:
      prepared &&
      line(
        prepared,
        [...difference(composed, prepared), ...(sent === null && context.hasSent ? (['removed'] as const) : [])],
        (composed === null ? context.originOf(prepared[0]) : null) ?? (sent === null ? reason : null),
      ),
    sent:
      sent &&
      line(
        sent,
        derived ? ['derived', ...(prepared === null ? [] : difference(prepared, sent))] : difference(prepared, sent),
        prepared !== null && !isSame(prepared, sent) ? (reason ?? caseNote(prepared, sent)) : null,
      ),
  };
}

function line([name, value]: readonly [string, string], marks: readonly LineMark[], note: string | null): FieldLine {
  return { name, value, marks, note };
}

function difference(before: readonly [string, string] | null, now: readonly [string, string]): LineMark[] {
  if (before === null) return ['added'];
  return isSame(before, now) ? [] : ['changed'];
}

function isSame(a: readonly [string, string], b: readonly [string, string]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Browsers write the names of fields that a rule has set in lower case. */
function caseNote([before, value]: readonly [string, string], now: readonly [string, string]): string | null {
  return before !== now[0] && value === now[1] ? strings.sent.caseOnly : null;
}

function planReason(field: readonly [string, string] | null, plan: readonly WireNoteView[]): string | null {
  const name = field?.[0].toLowerCase();
  const note = plan.find(
    (known) => known.field.toLowerCase() === name && known.action !== 'direct' && known.action !== 'rule',
  );
  return note?.reason ?? null;
}

/** Lines under a key that tells their name and which of that name they are. */
function keyed(lines: HeaderLines): (readonly [key: string, line: readonly [string, string]])[] {
  const counts = new Map<string, number>();
  return lines.map((field) => {
    const name = field[0].toLowerCase();
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [`${name} ${count}`, field] as const;
  });
}

/** Whether the fields that both views have stand in another order in the second one. */
export function isReordered(prepared: HeaderLines, sent: HeaderLines): boolean {
  const names = (lines: HeaderLines): string[] => keyed(lines).map(([key]) => key);
  const before = names(prepared);
  const now = new Set(names(sent));
  const common = before.filter((key) => now.has(key));
  const known = new Set(common);
  return names(sent)
    .filter((key) => known.has(key))
    .some((key, i) => key !== common[i]);
}
