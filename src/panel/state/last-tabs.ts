import * as v from 'valibot';
import type { LoadedRequests, SavedRequest } from '../../storage/drafts.ts';
import { newestDraft, type SessionMemory } from './last-moment.ts';

const PREFIX = 'draft:tabs:';

const momentSchema = v.object({
  at: v.number(),
  order: v.array(v.string()),
  active: v.string(),
  closed: v.array(v.string()),
});

/** How the tabs stand: which are open, which is shown, which can be reopened. */
export type TabsMoment = Omit<v.InferOutput<typeof momentSchema>, 'at'>;

/** Where a tab's last moment is kept. */
export const momentOf = (slot: string, tab: string): string => `${slot}/${tab}`;

/** Bridges the moment until the tabs are saved: a page that is closed right after has no time left for it. */
export function keepLastTabs(memory: SessionMemory, slot: string, tabs: TabsMoment): void {
  memory.set(PREFIX + slot, { at: Date.now(), ...tabs });
}

/** The requests as they stood at the last moment, unless what was saved on disk is newer. */
export async function newestRequests(
  memory: SessionMemory,
  slot: string,
  loaded: LoadedRequests,
): Promise<LoadedRequests> {
  const moment = v.safeParse(momentSchema, await memory.get(PREFIX + slot));
  const arranged = moment.success && moment.output.at >= loaded.arrangedAt ? arrange(loaded, moment.output) : loaded;
  const newest = async (saved: SavedRequest): Promise<SavedRequest> => ({
    ...saved,
    draft: await newestDraft(memory, momentOf(slot, saved.tab), saved),
  });
  return {
    ...arranged,
    open: await Promise.all(arranged.open.map(newest)),
    // A tab that was closed before anything was typed in it is not missed.
    closed: (await Promise.all(arranged.closed.map(newest))).filter(({ draft }) => draft !== null),
  };
}

/** Tabs whose drafts stood later in memory than on disk. */
export function unsavedTabs(saved: LoadedRequests, newest: LoadedRequests): ReadonlySet<string> {
  const onDisk = new Set([...saved.open, ...saved.closed].map(({ draft }) => draft));
  return new Set(newest.open.filter(({ draft }) => draft !== null && !onDisk.has(draft)).map(({ tab }) => tab));
}

function arrange(loaded: LoadedRequests, { order, active, closed }: TabsMoment): LoadedRequests {
  const known = new Map([...loaded.open, ...loaded.closed].map((saved) => [saved.tab, saved]));
  const saved = (tab: string): SavedRequest => known.get(tab) ?? { tab, draft: null, savedAt: 0 };
  const stray = loaded.open.filter(({ tab }) => !order.includes(tab) && !closed.includes(tab));
  const earlier = loaded.closed.filter(({ tab }) => !order.includes(tab) && !closed.includes(tab));
  return { ...loaded, open: [...order.map(saved), ...stray], closed: [...earlier, ...closed.map(saved)], active };
}
