/**
 * The little of Gecko's privileged API that the driver uses, as types. The scripts that use it run inside Firefox:
 * chrome-side.ts in the browser window, content-side.ts beside a page, process-side.ts in every process.
 */

export interface Message {
  readonly data: unknown;
  /** Where it came from. */
  readonly target: object;
}

export type Listener = (message: Message) => void;

export interface MessageManager {
  addMessageListener(name: string, listener: Listener): void;
  removeMessageListener(name: string, listener: Listener): void;
  sendAsyncMessage(name: string, data?: unknown): void;
  loadFrameScript(url: string, allowDelayed: boolean): void;
}

export interface ProcessMessageManager {
  broadcastAsyncMessage(name: string): void;
  addMessageListener(name: string, listener: Listener): void;
  removeMessageListener(name: string, listener: Listener): void;
  loadProcessScript(url: string, allowDelayed: boolean): void;
}

export interface ChromeWindow extends Window {
  readonly browsingContext: {
    readonly embedderElement: Element | null;
    readonly currentWindowGlobal: {
      drawSnapshot(area: DOMRect | null, scale: number, background: string): Promise<ImageBitmap>;
    };
  };
}

/** A `<browser>`: the element that shows a page which lives in another process. */
export interface BrowserElement extends HTMLElement {
  readonly currentURI: { readonly spec: string };
  readonly webProgress: { readonly isLoadingDocument: boolean };
  /** Null when the element has been removed. */
  readonly messageManager: MessageManager | null;
}

export interface Tab {
  readonly linkedBrowser: BrowserElement;
}

export interface TabBrowser {
  selectedTab: Tab;
  addTab(url: string, options: { triggeringPrincipal: unknown }): Tab;
  removeTab(tab: Tab): void;
}

export interface Toolbox {
  readonly doc: Document;
  readonly topWindow: ChromeWindow;
  /** Tools of extensions; they come some time after the toolbox. */
  readonly additionalToolDefinitions: Map<string, { readonly id: string; readonly label: string }>;
  selectTool(id: string): Promise<unknown>;
}

export interface DevTools {
  showToolboxForTab(tab: Tab, options: { toolId: string; hostType: string }): Promise<Toolbox>;
  closeToolboxForTab(tab: Tab): Promise<unknown>;
}

export interface Extension {
  readonly backgroundState: string;
  readonly views: Iterable<{ readonly viewType: string; readonly xulBrowser: BrowserElement | null }>;
  terminateBackground(options: { ignoreDevToolsAttached: boolean; disableResetIdleForTest: boolean }): Promise<void>;
  wakeupBackground(): Promise<void>;
}

/** Gecko's own synthesis of input, which its WebDriver uses. */
export interface InputEvents {
  synthesizeMouseAtPoint(x: number, y: number, event: object, window: Window): Promise<unknown>;
  sendSingleKey(key: object, window: Window): void;
}

export interface ScriptError {
  readonly errorMessage: string;
  readonly sourceName: string;
  readonly flags: number;
  readonly innerWindowID: number;
}

/** What the process script tells of a call of the page's console. */
export interface ConsoleReport {
  readonly innerWindowId: number;
  readonly text: string;
}

interface Modules {
  'chrome://remote/content/shared/webdriver/Event.sys.mjs': { readonly event: InputEvents };
  'resource://gre/modules/AddonManager.sys.mjs': {
    readonly AddonManager: { getAddonByID(id: string): Promise<{ reload(): Promise<void> } | null> };
  };
  'resource://gre/modules/ExtensionPermissions.sys.mjs': {
    readonly ExtensionPermissions: Record<
      'add' | 'remove',
      (
        id: string,
        change: { permissions: string[]; origins: string[]; data_collection?: string[] },
        extension?: Extension,
      ) => Promise<void>
    >;
  };
  'resource://devtools/shared/loader/Loader.sys.mjs': {
    require(id: 'devtools/client/framework/devtools'): { readonly gDevTools: DevTools };
  };
}

export interface ChromeUtilities {
  importESModule<K extends keyof Modules>(url: K): Modules[K];
  requestProcInfo(): Promise<{ readonly children: readonly { readonly type: string; readonly memory: number }[] }>;
}

interface Component<T> {
  getService(type: unknown): T;
}

export interface Components {
  readonly '@mozilla.org/widget/clipboardhelper;1': Component<{ copyString(text: string): void }>;
  readonly '@mozilla.org/security/x509certdb;1': Component<{ constructX509FromBase64(base64: string): object }>;
  readonly '@mozilla.org/security/certoverride;1': Component<{
    rememberValidityOverride(host: string, port: number, origin: object, cert: object, temporary: boolean): void;
  }>;
}

export interface ServiceRegistry {
  readonly ppmm: ProcessMessageManager;
  readonly obs: { addObserver(observer: (subject: object) => void, topic: string): void };
  readonly prefs: { setStringPref(name: string, value: string): void };
  readonly console: { registerListener(listener: { observe(message: object): void }): void };
  readonly scriptSecurityManager: { getSystemPrincipal(): unknown };
}
