import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { unfinishedSchema, type Unfinished } from '../protocol/messages.ts';

/**
 * Exchanges under way, in memory that outlives the background but not the browser. One that is still here when a new
 * background starts was cut off: nobody knows whether the server acted on it.
 */
const PREFIX = 'exchange:';

type Entry = Unfinished[number];

/** This background's own exchanges: not unfinished, just running. */
const own = new Set<string>();

export async function journalStart(entry: Entry): Promise<void> {
  own.add(entry.id);
  await browser.storage.session.set({ [PREFIX + entry.id]: entry });
}

export async function journalEnd(id: string): Promise<void> {
  await browser.storage.session.remove(PREFIX + id);
  own.delete(id);
}

/** Gives the exchanges that an earlier background left behind, and forgets them. */
export async function takeUnfinished(): Promise<Unfinished> {
  const all = await browser.storage.session.get(null);
  const left = Object.entries(all).filter(([key]) => key.startsWith(PREFIX) && !own.has(key.slice(PREFIX.length)));
  await browser.storage.session.remove(left.map(([key]) => key));
  const parsed = v.safeParse(
    unfinishedSchema,
    left.map(([, value]) => value),
  );
  return parsed.success ? parsed.output : [];
}
