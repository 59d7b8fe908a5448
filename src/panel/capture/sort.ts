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

/** Which of two entries stands first; those alike stand in the order of time, the earliest first. */
export function entryOrder({ by, descending }: SortOrder): (a: CapturedEntry, b: CapturedEntry) => number {
  const key = keyOf[by];
  const turn = descending ? -1 : 1;
  return (a, b) => {
    const left = key(a);
    const right = key(b);
    if (left === right) return a.startedAt - b.startedAt;
    return (left < right ? -1 : 1) * turn;
  };
}
