import type { BatchOptions } from '../../model/batch.ts';

/** Says when the next request may begin. Times are milliseconds. */
export interface Pace {
  /** How long the next one has to wait; 0: it may begin. */
  wait(now: number): number;
  /** One has begun. */
  begun(now: number): void;
}

/** No more than `perSecond` begin in a second, evenly spread. */
export function createPace({ perSecond }: Pick<BatchOptions, 'perSecond'>): Pace {
  const gap = perSecond === null ? 0 : 1000 / perSecond;
  /** When the next one may begin. */
  let due = 0;
  return {
    wait: (now) => Math.max(0, due - now),
    begun(now) {
      // From when it was due, not from when a late timer noticed; but no more than one gap is made up for.
      due = now - due < gap ? due + gap : now + gap;
    },
  };
}
