import type { Panel, Target } from '../driver/types.ts';

export const LISTS: Target = { role: 'tablist', name: 'Lists' };
export const TREE: Target = { role: 'tree', name: 'Collections' };

export async function openCollections(panel: Panel): Promise<void> {
  await panel.click('tab', 'Collections', { within: LISTS });
  await panel.waitFor('tree', 'Collections');
}

/** Gives the list's file field a file, as the browser's dialog would. */
export async function importFile(panel: Panel, name: string, text: string): Promise<void> {
  await panel.evaluate(
    (name: string, text: string) => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([text], name, { type: 'application/json' }));
      const field = document.querySelector<HTMLInputElement>('.collections-file');
      if (field === null) throw new Error('There is no file field');
      field.files = chosen.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    name,
    text,
  );
}

/** A collection as a file, of so many requests. */
export const collectionFile = (name: string, requests: number): string =>
  JSON.stringify({
    format: 'request-workbench-collection',
    version: 1,
    name,
    items: Array.from({ length: requests }, (_, at) => ({
      kind: 'request',
      name: `Request ${at}`,
      url: `http://many.test/${at}`,
    })),
  });
