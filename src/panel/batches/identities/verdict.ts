import type { BatchResult } from '../../../model/batch.ts';

/**
 * What a weaker identity's answer says beside the strongest one's. `same`: it gets what only the stronger should, unless
 * everybody should. `other`: it is let in, and gets something else. `refused`: it is not let in.
 */
export type AccessVerdict = 'same' | 'other' | 'refused' | null;

const isLetIn = (row: BatchResult): boolean => row.status !== null && row.status >= 200 && row.status < 300;

/** null: there is nothing to say, or not yet. */
export function judgeAccess(row: BatchResult | undefined, strongest: BatchResult | undefined): AccessVerdict {
  if (row === undefined || strongest === undefined || row.index === strongest.index) return null;
  if (row.state !== 'done' || strongest.state !== 'done' || !isLetIn(strongest)) return null;
  if (!isLetIn(row)) return 'refused';
  return row.differences === 0 || (row.digest !== null && row.digest === strongest.digest) ? 'same' : 'other';
}
