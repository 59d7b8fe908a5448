import type { CapturedEntry } from '../../model/captured-entry.ts';
import { hostOf } from './filter.ts';

export const sortKeys = ['time', 'method', 'url', 'domain', 'status', 'type', 'size', 'duration', 'initiator'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface SortOrder {
  readonly by: SortKey;
  readonly descending: boolean;
}

type Key = string | number;

const keyOf: Readonly<Record<SortKey, (entry: CapturedEntry) => Key>> = {
  time: (entry) => entry.startedAt,
  method: (entry) => entry.method,
  url: (entry) => entry.url,
  domain: (entry) => hostOf(entry.url),
  status: (entry) => entry.status,
  type: (entry) => entry.kind,
  size: (entry) => entry.sizes.content ?? entry.sizes.transferred ?? -1,
  duration: (entry) => entry.duration ?? Infinity,
  initiator: (entry) => entry.initiator,
};

/** The entries in that order; those alike stay in the order of time, the earliest first. */
export function sortEntries(entries: readonly CapturedEntry[], { by, descending }: SortOrder): CapturedEntry[] {
  const key = keyOf[by];
  const turn = descending ? -1 : 1;
  return entries
    .map((entry) => ({ entry, key: key(entry) }))
    .sort((a, b) => {
      if (a.key === b.key) return a.entry.startedAt - b.entry.startedAt;
      return (a.key < b.key ? -1 : 1) * turn;
    })
    .map(({ entry }) => entry);
}
