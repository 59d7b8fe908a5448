import browser from 'webextension-polyfill';
import type { PortLike } from '../protocol/channel.ts';
import { UNLOCKED, type KeyMemory } from '../storage/key-memory.ts';
import type { SessionMemory } from './state/last-moment.ts';

/** What the panel takes from the extension API. Firefox's panel has `devtools`, `runtime`, `storage` and `extension`. */
export interface Platform {
  /** The tab that DevTools inspects; null in a plain tab. */
  readonly inspectedTab: number | null;
  /** The version of the extension that this page belongs to. */
  readonly version: string;
  /** The page belongs to a private window. */
  readonly isPrivate: boolean;
  /** Command is the main modifier key, not Control. */
  readonly isMac: boolean;
  /** Opens a Port to the background; throws when the extension is gone. */
  connect(name: string): PortLike;
  readonly memory: SessionMemory;
  /** For what the passphrase gave; ends with the browser. */
  readonly keyMemory: KeyMemory;
}

/** The platform of the page that is running. Outside an extension, importing this module throws. */
export const platform: Platform = {
  // A plain tab has no `devtools` namespace, whatever the types say.
  inspectedTab: 'devtools' in browser && browser.devtools !== undefined ? browser.devtools.inspectedWindow.tabId : null,
  version: browser.runtime.getManifest().version,
  isPrivate: browser.extension.inIncognitoContext === true,
  isMac: /mac/i.test(navigator.platform),
  connect: (name) => browser.runtime.connect({ name }),
  memory: {
    get: async (key) => (await browser.storage.session.get(key))[key],
    // Full, or the extension is gone: the copy on disk follows, and tells when it fails.
    set: (key, value) => void browser.storage.session.set({ [key]: value }).catch(() => {}),
  },
  keyMemory: {
    get: async () => (await browser.storage.session.get(UNLOCKED))[UNLOCKED],
    set: (value) => browser.storage.session.set({ [UNLOCKED]: value }),
  },
};

/** Asks the user for a host. Call it from a click in a tab; rejects elsewhere. `origin` is a match pattern. */
export function requestHostAccess(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [origin] });
}
