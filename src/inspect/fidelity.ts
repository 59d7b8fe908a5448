import type { HeaderLines, WireNoteView } from '../model/exchange.ts';
import { isOnceOnly } from './once-only.ts';

/** What was captured, or what went out: the parts of a request that a server can see. */
export interface RequestFacts {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderLines;
}

/** A body as far as it is known. */
export type BodyFacts =
  | { readonly known: true; readonly size: number; readonly digest: string }
  | { readonly known: false; readonly size: number | null };

/**
 * How a part of the replay stands to the original. `derived`: the same, but computed, since no extension can see it go
 * out.
 */
export type FidelityKind = 'equal' | 'changed' | 'missing' | 'added' | 'derived';

/** Why it is not plainly equal, where that is known. The panel has the words. */
export type FidelityReason =
  | { readonly code: 'note'; readonly text: string; readonly wayOut: string | null }
  /** Taken from the browser or the session, as was asked. */
  | { readonly code: 'cookie-choice' }
  | { readonly code: 'cache' }
  | { readonly code: 'length' }
  | { readonly code: 'network' }
  | { readonly code: 'unknown' };

export interface FidelityField {
  readonly name: string;
  readonly kind: FidelityKind;
  readonly captured: string | null;
  readonly sent: string | null;
  readonly reason: FidelityReason | null;
  /** The same name in another case: HTTP makes no difference. */
  readonly otherCase: boolean;
  /** It was computed, not seen. */
  readonly isDerived: boolean;
  /** Made sense for the moment of the original: the answer may differ for it. */
  readonly onceOnly: boolean;
}

export interface FidelityReport {
  readonly method: FidelityField;
  readonly target: FidelityField;
  readonly fields: readonly FidelityField[];
  readonly body: FidelityField;
  /** The captured body was not known byte by byte: nothing proves that it is the same. */
  readonly bodyUnproven: boolean;
  /** Parts that differ. */
  readonly differences: number;
  /** Everything that a server can see is the same. */
  readonly identical: boolean;
}

export interface Comparison {
  readonly captured: RequestFacts & { readonly body: BodyFacts };
  readonly sent: RequestFacts & { readonly derived: HeaderLines; readonly body: BodyFacts };
  /** What the browser had announced. */
  readonly plan: readonly WireNoteView[];
  /** The replay's cookies were not to be those of the original. */
  readonly otherCookies: boolean;
}

/** Compares a captured request with its replay, part by part. Names of fields count without case, values exactly. */
export function compareFidelity({ captured, sent, plan, otherCookies }: Comparison): FidelityReport {
  const method = part(':method', captured.method, sent.method, plan);
  const target = part(':target', targetOf(captured.url), targetOf(sent.url), plan);
  const fields = compareFields(captured.headers, sent, { plan, otherCookies });
  const body = compareBody(captured.body, sent.body);
  const all = [method, target, ...fields, body];
  const differences = all.filter(({ kind }) => kind !== 'equal' && kind !== 'derived').length;
  const bodyUnproven = !captured.body.known;
  return { method, target, fields, body, bodyUnproven, differences, identical: differences === 0 && !bodyUnproven };
}

/** RFC 9112 section 3.2.1, origin form. */
function targetOf(url: string): string {
  const withoutFragment = url.replace(/#.*$/s, '');
  const path = /^[a-z][a-z\d+.-]*:\/\/[^/?]*(.*)$/is.exec(withoutFragment)?.[1] ?? withoutFragment;
  return path.startsWith('/') ? path : `/${path}`;
}

function part(name: string, captured: string, sent: string, plan: readonly WireNoteView[]): FidelityField {
  const kind = captured === sent ? 'equal' : 'changed';
  const wanted = name === ':target' ? ':url' : name;
  return { ...plain, name, kind, captured, sent, reason: kind === 'equal' ? null : noteReason(plan, wanted) };
}

const plain = { reason: null, otherCase: false, isDerived: false, onceOnly: false } as const;

interface Line {
  readonly name: string;
  readonly value: string;
  readonly isDerived: boolean;
}

interface Context {
  readonly plan: readonly WireNoteView[];
  readonly otherCookies: boolean;
}

function compareFields(captured: HeaderLines, sent: Comparison['sent'], context: Context): FidelityField[] {
  const before = byName(captured.map(([name, value]) => ({ name, value, isDerived: false })));
  const after = byName([
    ...sent.headers.map(([name, value]) => ({ name, value, isDerived: false })),
    ...sent.derived.map(([name, value]) => ({ name, value, isDerived: true })),
  ]);
  // HTTP/2 says the host in the request line.
  if (!before.has('host')) after.delete('host');
  if (!before.has(':authority')) after.delete(':authority');
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].map((key) => compareField(before.get(key), after.get(key), context));
}

/** Lines of one name together; several are one value, as RFC 9110 section 5.3 reads them. */
function byName(lines: readonly Line[]): Map<string, Line> {
  const fields = new Map<string, Line>();
  for (const line of lines) {
    const key = line.name.toLowerCase();
    const earlier = fields.get(key);
    const joint = key === 'cookie' ? '; ' : ', ';
    fields.set(key, earlier === undefined ? line : { ...earlier, value: earlier.value + joint + line.value });
  }
  return fields;
}

function compareField(captured: Line | undefined, sent: Line | undefined, context: Context): FidelityField {
  const name = captured?.name ?? sent?.name ?? '';
  const kind = kindOf(captured, sent);
  return {
    name,
    kind,
    captured: captured?.value ?? null,
    sent: sent?.value ?? null,
    reason: kind === 'equal' || kind === 'derived' ? null : reasonFor(name, sent, context),
    otherCase: captured !== undefined && sent !== undefined && captured.name !== sent.name,
    isDerived: sent?.isDerived ?? false,
    onceOnly: captured !== undefined && isOnceOnly(name),
  };
}

function kindOf(captured: Line | undefined, sent: Line | undefined): FidelityKind {
  if (captured === undefined) return 'added';
  if (sent === undefined) return 'missing';
  if (captured.value !== sent.value) return 'changed';
  return sent.isDerived ? 'derived' : 'equal';
}

function reasonFor(name: string, sent: Line | undefined, { plan, otherCookies }: Context): FidelityReason {
  const key = name.toLowerCase();
  if (key === 'cookie' && otherCookies) return { code: 'cookie-choice' };
  const noted = noteReason(plan, key);
  if (noted.code === 'note') return noted;
  if (key === 'pragma' || key === 'cache-control') return { code: 'cache' };
  if (key === 'content-length') return { code: 'length' };
  return sent?.isDerived === true ? { code: 'network' } : noted;
}

function noteReason(plan: readonly WireNoteView[], name: string): FidelityReason {
  const note = plan.find(({ field, action }) => field.toLowerCase() === name && action !== 'rule');
  return note === undefined ? { code: 'unknown' } : { code: 'note', text: note.reason, wayOut: note.wayOut ?? null };
}

function compareBody(captured: BodyFacts, sent: BodyFacts): FidelityField {
  const same = captured.known && sent.known ? captured.digest === sent.digest : captured.size === sent.size;
  const text = (body: BodyFacts): string | null => (body.size === null ? null : String(body.size));
  return { ...plain, name: ':body', kind: same ? 'equal' : 'changed', captured: text(captured), sent: text(sent) };
}
