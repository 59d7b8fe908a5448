import * as v from 'valibot';
import type { Unfinished } from '../protocol/messages.ts';
import { outcomeSchema, type Outcome } from './outcome.ts';

/** The part of `storage.StorageArea` that the journal uses. */
export interface JournalArea {
  get(keys: null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

const entrySchema = v.object({
  id: v.string(),
  method: v.string(),
  /** Secrets masked. */
  url: v.string(),
  startedAt: v.number(),
  /** Nothing of it goes to disk. */
  private: v.boolean(),
  /** What is known of its response by now; null while that is nothing. */
  outcome: v.nullable(outcomeSchema),
  hasEnded: v.boolean(),
});
export type JournalEntry = v.InferOutput<typeof entrySchema>;
export type Begun = Omit<JournalEntry, 'outcome' | 'hasEnded'>;

/**
 * Exchanges that are under way, or have ended but are not in the history yet, in memory that outlives the background but
 * not the browser.
 */
export interface ExchangeJournal {
  /** Resolves when it is on record. */
  begin(entry: Begun): Promise<void>;
  /** What is known of its response so far. */
  progress(id: string, outcome: Outcome): Promise<void>;
  /** It has ended. It stays until the history has it; where that gets nothing of it, it goes at once. */
  end(id: string, outcome: Outcome): Promise<void>;
  /** The history has them. */
  settle(ids: readonly string[]): Promise<void>;
  /** What an earlier background left behind, as it was when this one started. */
  left(): Promise<readonly JournalEntry[]>;
  /** Gives those of them that were cut off, each once. */
  takeCutOff(): Promise<Unfinished>;
  /** A panel is told of this one otherwise. */
  forgetCutOff(id: string): Promise<void>;
}

const UNDER_WAY = 'exchange:';
const CUT_OFF = 'cut-off:';

interface Own {
  readonly entry: Begun;
  /** null once it is on record. */
  writing: Promise<void> | null;
}

export function createJournal(area: JournalArea): ExchangeJournal {
  /** This background's own exchanges: not left behind, just running. */
  const own = new Map<string, Own>();
  let leaving: Promise<readonly JournalEntry[]> | null = null;

  function write(id: string, known: Pick<JournalEntry, 'outcome' | 'hasEnded'>): Promise<void> {
    const one = own.get(id);
    if (one === undefined) return Promise.resolve();
    const put = (): Promise<void> => area.set({ [UNDER_WAY + id]: { ...one.entry, ...known } });
    // At once where it can be: the background may be gone in a moment.
    return one.writing === null ? put() : one.writing.then(put);
  }

  async function settle(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const id of ids) own.delete(id);
    await area.remove(ids.map((id) => UNDER_WAY + id));
  }

  async function load(): Promise<readonly JournalEntry[]> {
    const left = (await entriesOf(area, UNDER_WAY)).filter(({ id }) => !own.has(id));
    const cutOff = left.filter(({ hasEnded }) => !hasEnded);
    // The history may take a while to get them, and panels ask for these at once.
    if (cutOff.length > 0) await area.set(Object.fromEntries(cutOff.map((entry) => [CUT_OFF + entry.id, entry])));
    return left;
  }
  const left = (): Promise<readonly JournalEntry[]> => (leaving ??= load());

  return {
    begin(entry) {
      const one: Own = { entry, writing: null };
      own.set(entry.id, one);
      one.writing = write(entry.id, { outcome: null, hasEnded: false }).finally(() => (one.writing = null));
      return one.writing;
    },
    progress: (id, outcome) => write(id, { outcome, hasEnded: false }),
    async end(id, outcome) {
      const one = own.get(id);
      if (one?.entry.private !== true) return write(id, { outcome, hasEnded: true });
      await one.writing;
      await settle([id]);
    },
    settle,
    left,
    async takeCutOff() {
      await left();
      const entries = await entriesOf(area, CUT_OFF);
      if (entries.length > 0) await area.remove(entries.map(({ id }) => CUT_OFF + id));
      return entries.map(({ id, method, url, startedAt }) => ({ id, method, url, startedAt }));
    },
    async forgetCutOff(id) {
      await left();
      await area.remove([CUT_OFF + id]);
    },
  };
}

async function entriesOf(area: JournalArea, prefix: string): Promise<JournalEntry[]> {
  const all = await area.get(null);
  return Object.entries(all).flatMap(([key, value]) => {
    const parsed = key.startsWith(prefix) ? v.safeParse(entrySchema, value) : null;
    return parsed?.success === true ? [parsed.output] : [];
  });
}
