/** What the scenarios see of a browser: the real DevTools with the Workbench panel, driven by role and name. */

export type BrowserName = 'chromium' | 'firefox';
export type Theme = 'light' | 'dark';

/** An accessible name: a string must be equal (white space collapsed), a RegExp must match. */
export type Name = string | RegExp;

/** One element, found by its ARIA role and its accessible name. */
export interface Target {
  readonly role: string;
  /** Left out: any name will do. */
  readonly name?: Name;
  /** Which one of several, from 0; negative counts from the end. Without it several matches are an error. */
  readonly index?: number;
  /** Looks only inside this element. */
  readonly within?: Target;
}

/** Where to look, and for how long (milliseconds, default 10000). */
export interface Where {
  readonly within?: Target;
  readonly index?: number;
  readonly timeout?: number;
}

/** What an element shows. `undefined` where the notion does not apply to it. */
export interface ElementState {
  readonly role: string;
  readonly name: string;
  /** The rendered text (`innerText`), trimmed. */
  readonly text: string;
  readonly value: string | undefined;
  readonly checked: boolean | 'mixed' | undefined;
  readonly selected: boolean | undefined;
  readonly expanded: boolean | undefined;
  readonly pressed: boolean | undefined;
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly focused: boolean;
  /** Text of `aria-describedby` and `aria-errormessage`, else the tooltip. */
  readonly description: string;
}

/** What to wait for. A string must be contained (white space collapsed), a RegExp must match. */
export interface Expectation {
  readonly text?: Name;
  readonly value?: Name;
  readonly description?: Name;
  readonly checked?: boolean | 'mixed';
  readonly selected?: boolean;
  readonly expanded?: boolean;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly focused?: boolean;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One page of the product. Every action waits (bounded) until its element is there, visible and enabled; an element
 * that is missing or ambiguous is an error that lists what was found. Keys, clicks and texts arrive as trusted events.
 */
export interface Panel {
  /** Replaces the content of a field, in one insertion, as a paste of plain text would. */
  fill(role: string, name: Name, text: string, where?: Where): Promise<void>;
  /** Adds to the end of a field, key by key. */
  type(role: string, name: Name, text: string, where?: Where): Promise<void>;
  /** Puts the text on the clipboard and pastes it over the content of a field. */
  paste(role: string, name: Name, text: string, where?: Where): Promise<void>;
  /** Presses keys on what has the focus: `Control+Enter`, `Escape`, `Shift+Tab`, `a`. Several: one after the other. */
  press(...chords: readonly string[]): Promise<void>;
  click(role: string, name: Name, where?: Where): Promise<void>;
  /** Presses on the element, moves by `dx`/`dy` CSS pixels, releases. */
  drag(role: string, name: Name, by: { readonly dx: number; readonly dy: number }, where?: Where): Promise<void>;
  focus(role: string, name: Name, where?: Where): Promise<void>;
  /** Chooses an option by its text: in a `<select>`, in an ARIA combobox, or by filling an `<input list>`. */
  select(role: string, name: Name, option: string, where?: Where): Promise<void>;
  /** Makes a checkbox, switch or toggle button be on or off; clicks only when it is not so already. */
  check(role: string, name: Name, on: boolean, where?: Where): Promise<void>;

  text(role: string, name: Name, where?: Where): Promise<string>;
  value(role: string, name: Name, where?: Where): Promise<string>;
  state(role: string, name: Name, where?: Where): Promise<ElementState>;
  /** Whether at least one such element is there now. Does not wait. */
  exists(role: string, name?: Name, where?: Where): Promise<boolean>;
  /** How many such elements are there now. Does not wait. */
  count(role: string, name?: Name, where?: Where): Promise<number>;
  /** Their names, in document order. Does not wait. */
  names(role: string, where?: Where): Promise<string[]>;
  /** Waits until the element is there and as expected; gives its state then. */
  waitFor(role: string, name: Name, expected?: Expectation, where?: Where): Promise<ElementState>;
  waitUntilGone(role: string, name: Name, where?: Where): Promise<void>;
  /** The body rows of a table. A cell with fields gives their values; a checkbox gives `on` or `off`. */
  tableRows(name: Name, where?: Where): Promise<string[][]>;
  /** What has the keyboard focus; undefined when nothing has. */
  focused(): Promise<{ readonly role: string; readonly name: string } | undefined>;

  /** Runs a function in the page with JSON arguments, gives its JSON result. It must not use anything from outside. */
  evaluate<A extends readonly Json[], T>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /** The same from source text: an expression, or a function that is then called. The type is the caller's word. */
  evaluate<T = unknown>(source: string, ...args: readonly Json[]): Promise<T>;
  /** Runs a classic script in the page (axe-core), whatever the page's CSP says. */
  injectScript(source: string): Promise<void>;
  /** Errors that panel pages reported so far: `console.error`, uncaught exceptions, unhandled rejections. */
  consoleErrors(): Promise<string[]>;
  /** A PNG of the window that shows this page. */
  screenshot(): Promise<Buffer>;
  /** Waits until a media query fits the page, as when its window changes size or theme. */
  waitForMedia(query: string): Promise<void>;
  /** Size of the page in CSS pixels. */
  size(): Promise<{ readonly width: number; readonly height: number }>;
}

export interface PanelTab extends Panel {
  close(): Promise<void>;
}

export interface Workbench {
  readonly browser: BrowserName;
  /** The origin of the extension's pages, without a slash at the end. */
  readonly origin: string;
  /** The panel in DevTools; stays the same object when DevTools are reopened. */
  readonly panel: Panel;
  /** Navigates the inspected tab and waits until the page has loaded. */
  inspect(url: string): Promise<void>;
  /** Runs a function in the inspected page, like `Panel.evaluate`. */
  evaluateInPage<A extends readonly Json[], T>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  /**
   * Accepts the bad certificate of an origin, as a user does after its warning: in Chromium through the warning itself,
   * in Firefox by an exception for `certificate` (PEM).
   */
  acceptCertificate(origin: string, certificate: string): Promise<void>;
  /** Takes the extension's access to all hosts away, or gives it back, as a user can in the browser's settings. */
  setHostAccess(granted: boolean): Promise<void>;
  /** A PNG of the whole DevTools window, the panel in it. */
  screenshot(): Promise<Buffer>;
  /** Makes the panel this many CSS pixels wide (undocked DevTools only). */
  setPanelWidth(width: number): Promise<void>;
  /** Sets the theme of DevTools. */
  setTheme(theme: Theme): Promise<void>;
  /** Opens the panel's page as an ordinary tab. */
  openPanelTab(): Promise<PanelTab>;
  closeDevTools(): Promise<void>;
  openDevTools(): Promise<void>;
  reopenDevTools(): Promise<void>;
  /** Ends the background as the browser does when it is idle, whatever it is doing. */
  killBackground(): Promise<void>;
  /** Whether the background is running now. */
  backgroundRuns(): Promise<boolean>;
  /**
   * Bytes that the background holds: in Chromium its JavaScript heap with the buffers behind it; in Firefox, which tells
   * no more, the memory of the extension's process, in which panel and workers are too.
   */
  backgroundMemory(): Promise<number>;
  /** Frees what nobody refers to any more, now: in Firefox in every process, in Chromium in the background. */
  collectGarbage(): Promise<void>;
  /** Reloads the extension, as an update does. DevTools keep showing the old panel until they are reopened. */
  reloadExtension(): Promise<void>;
  /** Errors of the background since the start: `console.error`, uncaught exceptions, unhandled rejections. */
  backgroundLog(): Promise<string[]>;
  /** Runs a function in the background, waking it if need be. */
  evaluateInBackground<A extends readonly Json[], T>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  evaluateInBackground<T = unknown>(source: string, ...args: readonly Json[]): Promise<T>;
  /** Resolves when the browser has ended, or a person has closed its last window. */
  readonly closed: Promise<void>;
  /** Ends the browser and all its processes; a profile made for it is removed. */
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** Size of the DevTools window in CSS pixels; default 1200 × 800. */
  readonly width?: number;
  readonly height?: number;
  readonly theme?: Theme;
  /** First page of the inspected tab; default `about:blank`. */
  readonly url?: string;
  /** Host names that resolve to 127.0.0.1; default `workbench.test` and `other.test`. */
  readonly hosts?: readonly string[];
  /** false opens real windows, for `npm start` on a desktop. */
  readonly headless?: boolean;
  /** Where DevTools sit; default a window of their own, in which the panel has the window's width. */
  readonly dock?: 'window' | 'right' | 'bottom';
  readonly acceptInsecureCerts?: boolean;
  /** All of it in private windows, in which the extension may run. */
  readonly isPrivate?: boolean;
  /** Directory of the unpacked extension; default `dist/chrome` or `dist/firefox`. */
  readonly extension?: string;
  /** A profile that outlives this browser, so that a restart can be tested; default a fresh one, removed at the end. */
  readonly profile?: string;
  /** Where a headless browser saves files, without asking; default a folder that goes with it. */
  readonly downloads?: string;
  /**
   * Bytes that the extension's pages may keep, as on a full disk; null: as many as usual. In Chromium it counts only for
   * an extension without `unlimitedStorage`.
   */
  readonly storageQuota?: number | null;
  readonly extraArgs?: readonly string[];
  /** Firefox only: more preferences. */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
}
