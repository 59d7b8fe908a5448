import { hearCollectionNews } from '../../../storage/collection-news.ts';
import { folderBindings } from '../../../storage/folder-bindings.ts';
import { startTransfer } from '../transfer.ts';
import { folderAccess } from './folder-access.ts';
import { openFolders, type ExportCollection, type Folders } from './folders.ts';

/**
 * Keeps the collections that lie in folders in step, as long as the page is open. For a tab of its own.
 * @param marked names that are secret too
 * @returns null where the browser has no folders for it
 */
export function startFolders(marked: () => readonly string[]): Folders | null {
  if (folderAccess(true) !== 'here') return null;
  const exported: ExportCollection = (id) =>
    new Promise((resolve) => {
      const transfer = startTransfer();
      transfer.heard.subscribe((heard) => {
        if (heard?.op === 'exported') resolve(heard.file);
        else if (heard?.op === 'problem') resolve(heard);
        else return;
        transfer.stop();
      });
      transfer.ask({ op: 'export', id, passphrase: null, marked: marked() });
    });
  const folders = openFolders({
    bindings: folderBindings,
    exported,
    hear: hearCollectionNews,
    alone: async (name, work) => {
      await navigator.locks.request(name, work);
    },
  });
  const compare = (): void => {
    if (document.visibilityState === 'visible') void folders.compareAll().catch(() => {});
  };
  // Whoever comes back may have pulled.
  window.addEventListener('focus', compare);
  document.addEventListener('visibilitychange', compare);
  compare();
  return folders;
}
