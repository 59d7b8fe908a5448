import type { Panel } from '../driver/types.ts';

export const LIST = { role: 'listbox', name: 'Captured' } as const;

/** How many entries the list `Captured` shows. */
export function listed(panel: Panel): Promise<number> {
  return panel.evaluate(() => {
    const option = document.querySelector('[role=listbox][aria-label=Captured] [role=option]');
    return Number(option?.getAttribute('aria-setsize') ?? 0);
  });
}

/** Waits until the list shows that many entries, or more. Of a list that is not scrolled any option tells. */
export async function waitForListed(panel: Panel, count: number): Promise<void> {
  await panel.evaluate(async (wanted: number) => {
    const size = (): number =>
      Number(
        document.querySelector('[role=listbox][aria-label=Captured] [role=option]')?.getAttribute('aria-setsize') ?? 0,
      );
    if (size() >= wanted) return;
    await new Promise<void>((resolve, reject) => {
      const bound = setTimeout(() => reject(new Error(`${size()} of ${wanted} entries came`)), 20_000);
      const observer = new MutationObserver(() => {
        if (size() < wanted) return;
        clearTimeout(bound);
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  }, count);
}

/** Waits until the keyboard stands on the entry of that index. */
export async function waitForActive(panel: Panel, index: number): Promise<void> {
  await panel.evaluate(
    async (position: string) => {
      const list = document.querySelector('[role=listbox][aria-label=Captured]');
      const isThere = (): boolean => {
        const active = document.getElementById(list?.getAttribute('aria-activedescendant') ?? '');
        return active?.getAttribute('aria-posinset') === position;
      };
      if (isThere()) return;
      await new Promise<void>((resolve, reject) => {
        const bound = setTimeout(() => reject(new Error(`The keyboard never came to entry ${position}`)), 5000);
        const observer = new MutationObserver(() => {
          if (!isThere()) return;
          clearTimeout(bound);
          observer.disconnect();
          resolve();
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      });
    },
    String(index + 1),
  );
}

export async function filter(panel: Panel, text: string): Promise<void> {
  await panel.fill('textbox', 'Filter', text);
}

/** Selects every entry that the list shows. */
export async function selectAll(panel: Panel): Promise<void> {
  await panel.focus('listbox', 'Captured');
  await panel.press('Home', 'Control+a');
}

/** Replays what is selected and waits until all of it has ended. */
export async function replayAll(panel: Panel): Promise<void> {
  await panel.click('button', 'Replay', { within: { role: 'group', name: 'Actions on the selection' } });
  // The click has started it before it returns: a short run may be over by now.
  await panel.waitUntilGone('button', 'Stop', { timeout: 60_000 });
  // The last one is still being judged.
  await panel.waitUntilGone('option', /being replayed/, { within: LIST });
}

/** One row of the table `Fidelity`. */
export interface FidelityLine {
  readonly part: string;
  readonly result: string;
  readonly captured: string;
  readonly sent: string;
}

/** The fidelity report of the entry that is shown, as soon as it is there. */
export async function fidelityOf(panel: Panel): Promise<FidelityLine[]> {
  const rows = await panel.tableRows('Fidelity', { timeout: 10_000 });
  // A part that is the same on both sides has one cell for both.
  return rows.map(([part = '', result = '', captured = '', sent = captured]) => ({ part, result, captured, sent }));
}
