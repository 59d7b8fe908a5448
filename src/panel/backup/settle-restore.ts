import { tidyRestore } from '../../storage/restore.ts';

/**
 * After a restore that was cut off: drops what it has left behind, or lets it go on to its end when it was decided.
 * @param finish asks the background for its part
 */
export async function settleRestore(finish: () => Promise<void>): Promise<void> {
  if (await tidyRestore(navigator.locks)) await finish();
}
