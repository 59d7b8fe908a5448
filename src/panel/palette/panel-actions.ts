import { strings } from '../strings.ts';
import type { PaletteEntry } from './entries.ts';

const words = strings.palette;
/** Rows of lists and tables have buttons of their own, one like the other. */
const ROWS = '[role="row"], [role="option"], [role="treeitem"], tr, li, [data-row], dialog';

/**
 * Whatever can be done in the panel as it stands: its buttons and tabs that are seen and not switched off. Read off the
 * page, so that no action can be forgotten.
 */
export function panelActions(root: ParentNode): PaletteEntry[] {
  const entries = new Map<string, PaletteEntry>();
  const add = (element: HTMLElement, text: string, detail: string): void => {
    // What is there twice does the same for most, and says so by its name for the rest.
    if (text === '' || entries.has(text)) return;
    entries.set(text, { id: `action ${text}`, kind: 'action', text, detail, run: () => element.click() });
  };
  for (const tab of root.querySelectorAll<HTMLElement>('[role="tab"]')) {
    const list = tab.closest('[role="tablist"]')?.getAttribute('aria-label') ?? '';
    // Requests that are open are entries of their own.
    if (list !== strings.requestTabs.list && isSeen(tab)) {
      add(tab, words.show(list, tab.querySelector('.tab-label')?.textContent ?? ''), tab.title);
    }
  }
  for (const button of root.querySelectorAll<HTMLButtonElement>('button:not([role="tab"]):not(:disabled)')) {
    if (button.closest(ROWS) !== null || !isSeen(button)) continue;
    const name = (button.getAttribute('aria-label') ?? button.textContent).trim();
    add(button, name, button.title === name ? '' : button.title);
  }
  return [...entries.values()];
}

const isSeen = (element: HTMLElement): boolean => element.getClientRects().length > 0;
