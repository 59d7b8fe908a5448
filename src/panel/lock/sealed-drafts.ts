import { draftsInMemory, type DraftStorage } from '../../storage/drafts.ts';
import type { SessionMemory } from '../state/last-moment.ts';
import { keepLastTabs, type TabsMoment } from '../state/last-tabs.ts';

/**
 * Drafts of a panel that is locked: nothing goes to disk, but the browser's memory keeps them until it ends, so that they
 * are there after unlocking, beside those that were sealed.
 * @param tabs how they stand now
 */
export function sealedDrafts(memory: SessionMemory, slot: string, tabs: () => TabsMoment): DraftStorage {
  return {
    ...draftsInMemory(),
    // Their texts are remembered with every key; which tabs there are is told once something was typed.
    save() {
      keepLastTabs(memory, slot, tabs());
      return Promise.resolve();
    },
  };
}
