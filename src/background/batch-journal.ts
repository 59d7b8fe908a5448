import * as v from 'valibot';
import browser from 'webextension-polyfill';
import type { ExchangeUpdate } from '../model/exchange.ts';
import { headOf, outcomeOf, outcomeSchema, type Outcome } from './outcome.ts';
import { outcomeUnknown } from './outcome-unknown.ts';

/**
 * Which requests of batches were sent in this run of the browser, in memory that outlives the background: none is sent
 * twice, though it is asked for again after the panel or the background was gone.
 */
const PREFIX = 'batch:';
const ERA = 'batch-era';

/** null while it is under way, or was when its background went. */
const entrySchema = v.nullable(outcomeSchema);
type Entry = v.InferOutput<typeof entrySchema>;

interface Journal {
  readonly era: string;
  readonly entries: Map<string, Entry>;
}

let loading: Promise<Journal> | null = null;

async function load(): Promise<Journal> {
  const all = await browser.storage.session.get(null);
  const known = v.safeParse(v.string(), all[ERA]);
  const era = known.success ? known.output : crypto.randomUUID();
  if (!known.success) await browser.storage.session.set({ [ERA]: era });
  const entries = new Map<string, Entry>();
  for (const [key, value] of Object.entries(all)) {
    if (key.startsWith(PREFIX)) entries.set(key.slice(PREFIX.length), v.parse(v.fallback(entrySchema, null), value));
  }
  return { era, entries };
}

const journal = (): Promise<Journal> => (loading ??= load());

/** A name for this run of the browser. */
export const batchEra = async (): Promise<string> => (await journal()).era;

/**
 * Whether the request may be sent: `null` when it may. Otherwise everything that can still be said of it: it was sent
 * already, or in a run of the browser of which nothing is known any more.
 */
export async function toldBefore(id: string, askedIn: string): Promise<ExchangeUpdate[] | null> {
  const { era, entries } = await journal();
  const known = entries.get(id);
  if (known === undefined) return askedIn === era ? null : [outcomeUnknown()];
  return known === null ? [outcomeUnknown()] : outcomeUpdates(known);
}

/** Resolves when it is on record that the request is under way. */
export async function noteSent(id: string): Promise<void> {
  (await journal()).entries.set(id, null);
  await write({ [PREFIX + id]: null });
}

/** Keeps the outcome for a panel that may come back for it. */
export async function noteOutcome(id: string, updates: readonly ExchangeUpdate[]): Promise<void> {
  const outcome = outcomeOf(updates);
  (await journal()).entries.set(id, outcome);
  await write({ [PREFIX + id]: outcome });
}

/** The panel has put these on record itself. */
export async function forgetSent(ids: readonly string[]): Promise<void> {
  const { entries } = await journal();
  for (const id of ids) entries.delete(id);
  await browser.storage.session.remove(ids.map((id) => PREFIX + id));
}

let gathered: Record<string, Entry> = {};
let next: Promise<void> | null = null;
let last: Promise<void> = Promise.resolve();

/** One write at a time: what comes meanwhile goes together. */
function write(entries: Record<string, Entry>): Promise<void> {
  Object.assign(gathered, entries);
  next ??= (async () => {
    await last.catch(() => {});
    const all = gathered;
    gathered = {};
    last = browser.storage.session.set(all);
    next = null;
    await last;
  })();
  return next;
}

/** What is left of an exchange whose response nobody took. */
function outcomeUpdates(outcome: Outcome): ExchangeUpdate[] {
  const { elapsed, duration, error } = outcome;
  const end: ExchangeUpdate = { kind: 'end', body: null, elapsed, duration, error, warnings: [] };
  const response = headOf(outcome);
  return response === null ? [end] : [{ kind: 'head', response, elapsed }, end];
}
