/** Runs in the browser window of Firefox with its privileges. Everything in and out is JSON. */

import type { Chord } from '../chord.ts';
import type { MouseStep } from '../surface.ts';
import type {
  BrowserElement,
  ChromeUtilities,
  ChromeWindow,
  Components,
  Extension,
  ServiceRegistry,
  TabBrowser,
  Toolbox,
} from './gecko.ts';
import { askProcesses, readLog, startLog } from './log.ts';
import { RemotePage, poll, windowOf } from './pages.ts';

declare const ChromeUtils: ChromeUtilities;
declare const Services: ServiceRegistry;
declare const gBrowser: TabBrowser;
declare const WebExtensionPolicy: { getByID(id: string): { readonly extension: Extension } | null };
declare const Cc: Components;
declare const Ci: Readonly<Record<string, unknown>>;

export interface Setup {
  readonly extensionId: string;
  readonly origin: string;
  readonly contentScript: string;
  readonly processScript: string;
}

let setup: Setup;
let toolbox: Toolbox | undefined;
let lastTab = 0;
const inspected = gBrowser.selectedTab;
const pages = new Map<string, RemotePage>();
const tabs = new Map<string, TabBrowser['selectedTab']>();

const { gDevTools } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs').require(
  'devtools/client/framework/devtools',
);

function page(name: string): RemotePage {
  const found = pages.get(name);
  if (found === undefined) throw new Error(`There is no page ${name} now`);
  return found;
}

function extension(): Extension {
  const policy = WebExtensionPolicy.getByID(setup.extensionId);
  if (policy === null) throw new Error(`The extension ${setup.extensionId} is not running`);
  return policy.extension;
}

function shows(element: BrowserElement, url: string): boolean {
  return element.currentURI.spec.split(/[?#]/)[0] === url && !element.webProgress.isLoadingDocument;
}

/** The `<browser>` in a document or its frames that shows the page. */
function browserShowing(document: Document, url: string): BrowserElement | undefined {
  for (const element of document.querySelectorAll<BrowserElement>('browser')) if (shows(element, url)) return element;
  for (const { contentDocument } of document.querySelectorAll('iframe')) {
    const found = contentDocument === null ? undefined : browserShowing(contentDocument, url);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function adopt(name: string, element: BrowserElement, window: ChromeWindow): Promise<void> {
  const adopted = new RemotePage(element, window, setup.contentScript);
  pages.set(name, adopted);
  await adopted.evaluate(`new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else addEventListener('load', () => resolve(), { once: true });
  })`);
}

async function background(): Promise<RemotePage> {
  await extension().wakeupBackground();
  for (const { viewType, xulBrowser } of extension().views)
    if (viewType === 'background' && xulBrowser !== null)
      return new RemotePage(xulBrowser, windowOf(xulBrowser), setup.contentScript);
  throw new Error('The background has no page');
}

async function snapshot(window: ChromeWindow): Promise<string> {
  const image = await window.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export const driver = {
  start(wanted: Setup): void {
    setup = wanted;
    startLog(setup.processScript, Ci['nsIScriptError']);
  },

  /** Opens the toolbox of the inspected tab and shows the extension's panel. */
  async openToolbox(title: string, url: string, hostType: string): Promise<void> {
    // The options are the cheapest of the panels that are always there.
    const opened = await gDevTools.showToolboxForTab(inspected, { toolId: 'options', hostType });
    const find = () => [...opened.additionalToolDefinitions.values()].find(({ label }) => label === title);
    const definition = await poll(find, `The panel ${title}`);
    await opened.selectTool(definition.id);
    const element = await poll(() => browserShowing(opened.doc, url), `The page of the panel ${title}`);
    toolbox = opened;
    await adopt('panel', element, opened.topWindow);
  },
  async closeToolbox(): Promise<void> {
    pages.delete('panel');
    toolbox = undefined;
    await gDevTools.closeToolboxForTab(inspected);
  },
  /** Gives the window of the toolbox this inner size. */
  resizeToolbox(width: number, height: number): void {
    const window = toolbox?.topWindow;
    if (window === undefined) throw new Error('The toolbox is closed');
    window.resizeTo(width + window.outerWidth - window.innerWidth, height + window.outerHeight - window.innerHeight);
  },
  setTheme(theme: string): void {
    Services.prefs.setStringPref('devtools.theme', theme);
  },

  async openTab(url: string): Promise<string> {
    const tab = gBrowser.addTab(url, { triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });
    gBrowser.selectedTab = tab;
    const name = `tab ${++lastTab}`;
    tabs.set(name, tab);
    const element = await poll(() => (shows(tab.linkedBrowser, url) ? tab.linkedBrowser : undefined), url);
    await adopt(name, element, windowOf(element));
    return name;
  },
  closeTab(name: string): void {
    const tab = tabs.get(name);
    if (tab !== undefined) gBrowser.removeTab(tab);
    tabs.delete(name);
    pages.delete(name);
  },

  evaluate: (name: string, code: string) => page(name).evaluate(code),
  focus: (name: string) => page(name).focus(),
  mouse: (name: string, steps: readonly MouseStep[]) => page(name).mouse(steps),
  press: (name: string, chord: Chord) => page(name).press(chord),
  copy: (text: string) =>
    Cc['@mozilla.org/widget/clipboardhelper;1'].getService(Ci['nsIClipboardHelper']).copyString(text),
  screenshot: (name: string) => snapshot(page(name).window),

  evaluateInBackground: async (code: string) => (await background()).evaluate(code),
  backgroundRuns: () => extension().backgroundState === 'running',
  async extensionMemory(): Promise<number> {
    const { children } = await ChromeUtils.requestProcInfo();
    return children.find(({ type }) => type === 'extension')?.memory ?? 0;
  },
  collectGarbage: () => askProcesses('collect'),
  async killBackground(): Promise<void> {
    if (extension().backgroundState === 'stopped') return;
    await extension().terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
    if (extension().backgroundState !== 'stopped') throw new Error('The background went on running');
  },
  async reload(): Promise<void> {
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    await (await AddonManager.getAddonByID(setup.extensionId))?.reload();
    await extension().wakeupBackground();
  },
  /** Lets the extension run in private windows; before it is installed. */
  async allowPrivate(): Promise<void> {
    const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
    const change = { permissions: ['internal:privateBrowsingAllowed'], origins: [], data_collection: [] };
    await ExtensionPermissions.add(setup.extensionId, change);
  },
  async setHostAccess(granted: boolean): Promise<void> {
    const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
    const change = { permissions: [], origins: ['<all_urls>'] };
    await ExtensionPermissions[granted ? 'add' : 'remove'](setup.extensionId, change, extension());
  },
  acceptCertificate(host: string, port: number, base64: string): void {
    const database = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci['nsIX509CertDB']);
    const overrides = Cc['@mozilla.org/security/certoverride;1'].getService(Ci['nsICertOverrideService']);
    overrides.rememberValidityOverride(host, port, {}, database.constructX509FromBase64(base64), true);
  },
  readLog: (ofBackground: boolean) => readLog(setup.origin, ofBackground),
};

export type ChromeSide = typeof driver;
