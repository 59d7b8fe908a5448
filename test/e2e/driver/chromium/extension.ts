/** Chromium's side of the extension that is no page: its service worker and its error list. */

import { TargetType } from 'puppeteer-core';
import type { Browser, CDPSession, Page, Target } from 'puppeteer-core';
import { bounded } from '../bounded.ts';

const WORKER_TIMEOUT = 20_000;

interface ErrorEntry {
  readonly message: string;
  readonly severity: string;
  readonly contextUrl: string;
  readonly source: string;
  readonly occurrences: number;
}

export interface ExtensionErrors {
  readonly background: string[];
  readonly panel: string[];
}

export class ChromiumExtension {
  readonly origin: string;
  readonly #browser: Browser;
  readonly #session: CDPSession;
  readonly #manager: Page;
  readonly #past: ExtensionErrors = { background: [], panel: [] };
  readonly #replaced = new WeakSet<Target>();
  #killed = false;

  private constructor(browser: Browser, session: CDPSession, manager: Page, id: string) {
    this.#browser = browser;
    this.#session = session;
    this.#manager = manager;
    this.origin = `chrome-extension://${id}`;
  }

  /** Installs the unpacked extension, and opens chrome://extensions out of sight: it alone tells of its errors. */
  static async install(browser: Browser, folder: string, inPrivate: boolean): Promise<ChromiumExtension> {
    const session = await browser.target().createCDPSession();
    const { id } = await session.send('Extensions.loadUnpacked', { path: folder, enableInIncognito: inPrivate });
    await session.send('Target.createTarget', { url: 'chrome://extensions', hidden: true });
    const target = await browser.waitForTarget((each) => each.url().startsWith('chrome://extensions'), {
      timeout: WORKER_TIMEOUT,
    });
    const manager = await target.asPage();
    await manager.waitForFunction('globalThis.chrome?.developerPrivate !== undefined', { timeout: WORKER_TIMEOUT });
    return new ChromiumExtension(browser, session, manager, id);
  }

  get #id(): string {
    return new URL(this.origin).host;
  }

  #isWorker(target: Target): boolean {
    const isOurs = target.type() === TargetType.SERVICE_WORKER && target.url().startsWith(`${this.origin}/`);
    return isOurs && !this.#replaced.has(target);
  }

  get #worker(): Target | undefined {
    return this.#browser.targets().find((target) => this.#isWorker(target));
  }

  runs(): boolean {
    return this.#worker !== undefined;
  }

  /** Ends the service worker. No debugger may be attached to it at other times: that would keep it alive for ever. */
  async kill(): Promise<void> {
    const { targetInfos } = await this.#session.send('Target.getTargets');
    const info = targetInfos.find(({ type, url }) => type === 'service_worker' && url.startsWith(`${this.origin}/`));
    if (info === undefined) return;
    const gone = new Promise<void>((resolve) => {
      const check = (target: Target): void => {
        if (!this.#isWorker(target)) return;
        this.#browser.off('targetdestroyed', check);
        resolve();
      };
      this.#browser.on('targetdestroyed', check);
    });
    this.#killed = true;
    await this.#session.send('Target.closeTarget', { targetId: info.targetId });
    await bounded(gone, WORKER_TIMEOUT, 'Ending the service worker');
  }

  /** Starts the service worker if it is not running. `page` is any page of the extension. */
  async #wake(wake: () => Promise<void>): Promise<Target> {
    const running = this.#worker;
    if (running !== undefined) return running;
    const [target] = await Promise.all([
      this.#browser.waitForTarget((each) => this.#isWorker(each), { timeout: WORKER_TIMEOUT }),
      wake(),
    ]);
    return target;
  }

  /** Evaluates an expression in the service worker, attached to it only for that time. */
  async evaluate(expression: string, wake: () => Promise<void>): Promise<unknown> {
    const target = await this.#wake(wake);
    const session = await bounded(target.createCDPSession(), WORKER_TIMEOUT, 'Attaching to the service worker');
    try {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails !== undefined) throw new Error(`In the background: ${exceptionDetails.text}`);
      return result.value;
    } finally {
      await session.detach().catch(() => undefined);
    }
  }

  /** The service worker's heap in bytes, with the buffers that it holds. */
  async memory(wake: () => Promise<void>): Promise<number> {
    const target = await this.#wake(wake);
    const session = await target.createCDPSession();
    try {
      const usage = await session.send('Runtime.getHeapUsage');
      return usage.usedSize + usage.backingStorageSize;
    } finally {
      await session.detach().catch(() => undefined);
    }
  }

  /** Frees what nobody in the service worker refers to any more; one that does not run holds nothing. */
  async collectGarbage(): Promise<void> {
    const session = await this.#worker?.createCDPSession();
    await session?.send('HeapProfiler.collectGarbage');
    await session?.detach().catch(() => undefined);
  }

  async setHostAccess(granted: boolean): Promise<void> {
    const hostAccess = granted ? 'ON_ALL_SITES' : 'ON_CLICK';
    const change = JSON.stringify({ extensionId: this.#id, hostAccess });
    await this.#manager.evaluate(`chrome.developerPrivate.updateExtensionConfiguration(${change})`);
  }

  /** Reloads the extension and waits for its new service worker. The old one may linger, and answers no more. */
  async reload(): Promise<void> {
    await this.#collect();
    const old = this.#worker;
    if (old !== undefined) this.#replaced.add(old);
    const started = this.#browser.waitForTarget((target) => this.#isWorker(target), {
      timeout: WORKER_TIMEOUT,
    });
    await this.#manager.evaluate(`chrome.developerPrivate.reload('${this.#id}', { failQuietly: false })`);
    await started;
  }

  async #collect(): Promise<ExtensionErrors> {
    const entries = (await this.#manager.evaluate(
      `chrome.developerPrivate.getExtensionInfo('${this.#id}').then((info) => info.runtimeErrors)`,
    )) as ErrorEntry[];
    const list = (background: boolean): string[] =>
      entries
        .filter(({ severity, contextUrl }) => severity === 'ERROR' && contextUrl.includes('background') === background)
        // The last words of a service worker that was killed, whose promises Chromium rejects.
        .filter(({ message }) => !(this.#killed && message.endsWith('Error: No SW')))
        .flatMap(({ message, source, occurrences }) => Array<string>(occurrences).fill(`${message} (${source})`));
    return { background: list(true), panel: list(false) };
  }

  async errors(): Promise<ExtensionErrors> {
    const now = await this.#collect();
    return {
      background: [...this.#past.background, ...now.background],
      panel: [...this.#past.panel, ...now.panel],
    };
  }
}
