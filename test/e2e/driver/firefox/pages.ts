/** Part of chrome-side.ts: the pages of other processes that the driver acts on, each in its `<browser>` element. */

import type { BrowserElement, ChromeUtilities, ChromeWindow, Listener, MessageManager } from './gecko.ts';

declare const ChromeUtils: ChromeUtilities;

const KEY_TIMEOUT = 3000;
const LOAD_TIMEOUT = 30_000;

/** Asks until there is an answer; Gecko tells of these things in too many ways. */
export async function poll<T>(ask: () => T | undefined, what: string): Promise<T> {
  const until = Date.now() + LOAD_TIMEOUT;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    if (Date.now() > until) throw new Error(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function events() {
  return ChromeUtils.importESModule('chrome://remote/content/shared/webdriver/Event.sys.mjs').event;
}

export function windowOf(node: Element): ChromeWindow {
  const window = node.ownerDocument.defaultView;
  if (window === null) throw new Error('The element is in no window any more');
  // Every window of the browser's own documents has these members.
  return window as unknown as ChromeWindow;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

const prepared = new WeakSet<object>();
let lastId = 0;

/** One page. `contentScript` is the URL of content-side.ts. */
export class RemotePage {
  readonly element: BrowserElement;
  /** The top window it is in, to which real input would come. */
  readonly window: ChromeWindow;

  constructor(element: BrowserElement, window: ChromeWindow, contentScript: string) {
    this.element = element;
    this.window = window;
    const messageManager = this.#messages;
    if (!prepared.has(messageManager)) messageManager.loadFrameScript(contentScript, false);
    prepared.add(messageManager);
  }

  get #messages(): MessageManager {
    const { messageManager } = this.element;
    if (messageManager === null) throw new Error('The page has been closed');
    return messageManager;
  }

  async evaluate(code: string): Promise<unknown> {
    const messageManager = this.#messages;
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const listener: Listener = ({ data }) => {
        const answer = data as Answer;
        if (answer.id !== id) return;
        messageManager.removeMessageListener('workbench-driver:result', listener);
        if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(answer.error));
      };
      messageManager.addMessageListener('workbench-driver:result', listener);
      messageManager.sendAsyncMessage('workbench-driver:evaluate', { id, code });
    });
  }

  /** Gives the page the keyboard. */
  focus(): void {
    this.window.focus();
    this.element.focus();
  }

  /** Where the page's top left corner is in the top window. */
  #offset(): { x: number; y: number } {
    let x = 0;
    let y = 0;
    for (let node: Element | null = this.element; node !== null;) {
      const box = node.getBoundingClientRect();
      x += box.x;
      y += box.y;
      const window: ChromeWindow = windowOf(node);
      node = window === this.window ? null : window.browsingContext.embedderElement;
    }
    return { x, y };
  }

  async mouse(steps: readonly { type: 'down' | 'move' | 'up'; x: number; y: number }[]): Promise<void> {
    const offset = this.#offset();
    let buttons = 0;
    for (const { type, x, y } of steps) {
      if (type === 'down') buttons = 1;
      if (type === 'up') buttons = 0;
      const event = {
        type: `mouse${type}`,
        button: 0,
        buttons,
        clickCount: type === 'move' ? 0 : 1,
        asyncEnabled: true,
      };
      await events().synthesizeMouseAtPoint(offset.x + x, offset.y + y, event, this.window);
    }
  }

  /**
   * Sends the keys to the top window, whence they go to the page and, unless it keeps them, back to DevTools: their
   * shortcuts work as for a person. Resolves when the page has seen the release; some keys never reach it.
   */
  async press({
    key,
    control,
    shift,
    alt,
    meta,
  }: Record<'control' | 'shift' | 'alt' | 'meta', boolean> & { key: string }) {
    this.focus();
    const messageManager = this.#messages;
    const seen = new Promise<void>((resolve) => {
      const done = (): void => {
        messageManager.removeMessageListener('workbench-driver:keyup', done);
        clearTimeout(bound);
        resolve();
      };
      const bound = setTimeout(done, KEY_TIMEOUT);
      messageManager.addMessageListener('workbench-driver:keyup', done);
    });
    const modifiers = { ctrlKey: control, shiftKey: shift, altKey: alt, metaKey: meta };
    events().sendSingleKey({ key, printable: /^.$/u.test(key), location: 0, ...modifiers }, this.window);
    await seen;
  }
}
