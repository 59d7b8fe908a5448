import browser from 'webextension-polyfill';
import { provideKeyMemory, UNLOCKED } from '../storage/key-memory.ts';
import { registerEntryPoints } from './entry-points.ts';
import { recoverHistory } from './history.ts';
import { servePanel } from './panel-port.ts';

// Importing panel-port registers the wire observer too: every listener stands before the first event can come.
browser.runtime.onConnect.addListener(servePanel);
registerEntryPoints();
provideKeyMemory({
  get: async () => (await browser.storage.session.get(UNLOCKED))[UNLOCKED],
  set: (value) => browser.storage.session.set({ [UNLOCKED]: value }),
});
recoverHistory().catch((error: unknown) => console.error(error));
