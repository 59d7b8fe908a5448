import type { Replay } from '../capture/replays.ts';

/** How much there is behind the tab; null for nothing worth a number. */
export function outcomeMark({ fidelity, response }: Replay): number | null {
  return (fidelity?.differences ?? 0) + (response?.differences ?? 0) || null;
}
