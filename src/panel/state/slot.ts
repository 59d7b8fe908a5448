/** The part of Web Locks that is used here. */
export type SlotLocks = Pick<LockManager, 'request'>;

const KEY = 'workbench-slot';
/** How long a reloaded tab waits for itself to be gone, in ms. */
const PATIENCE = 1000;
const MAX_TABS = 100;

/**
 * The slot of a panel in a plain tab, held for as long as its page lives: two tabs never share one, and a tab that is
 * reloaded finds its own again.
 */
export async function slotOfTab(locks: SlotLocks, memory: Pick<Storage, 'getItem' | 'setItem'>): Promise<string> {
  const own = memory.getItem(KEY);
  const free =
    own !== null && (await hold(locks, own, { signal: AbortSignal.timeout(PATIENCE) })) ? own : await freeSlot(locks);
  memory.setItem(KEY, free);
  return free;
}

async function freeSlot(locks: SlotLocks): Promise<string> {
  for (let number = 1; number < MAX_TABS; number++) {
    const slot = number === 1 ? 'tab' : `tab-${number}`;
    if (await hold(locks, slot, { ifAvailable: true })) return slot;
  }
  return `tab-${crypto.randomUUID()}`;
}

function hold(locks: SlotLocks, slot: string, options: LockOptions): Promise<boolean> {
  return new Promise((resolve) => {
    locks
      .request(`slot:${slot}`, options, (lock) => {
        resolve(lock !== null);
        // Held until the page is gone.
        return lock === null ? undefined : new Promise<never>(() => {});
      })
      .catch(() => resolve(false));
  });
}
