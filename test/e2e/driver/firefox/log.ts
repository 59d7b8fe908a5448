/** Part of chrome-side.ts: collects the errors of the extension's pages. */

import type { ConsoleReport, Message, ScriptError, ServiceRegistry } from './gecko.ts';

declare const Services: ServiceRegistry;
declare const WindowGlobalParent: {
  getByInnerWindowId(id: number): { readonly documentURI: { readonly spec: string } | null } | null;
};

/** nsIScriptError's flags of what is no error. */
const WARNING_OR_INFO = 0x1 | 0x8;
const FLUSH_TIMEOUT = 1000;
const COLLECT_TIMEOUT = 10_000;

interface Entry {
  /** The page that it happened in; empty when the page was already gone. */
  readonly page: string;
  readonly text: string;
}

const entries: Entry[] = [];
const processes = new Set<object>();

function pageOf(innerWindowId: number): string {
  return WindowGlobalParent.getByInnerWindowId(innerWindowId)?.documentURI?.spec ?? '';
}

function isScriptError(message: object): message is ScriptError {
  return 'errorMessage' in message && 'innerWindowID' in message;
}

/** Starts collecting. `processScript` is the URL of process-side.ts. */
export function startLog(processScript: string, scriptErrorType: unknown): void {
  Services.console.registerListener({
    observe(message) {
      const error =
        'QueryInterface' in message && typeof message.QueryInterface === 'function' ? query(message) : message;
      if (!isScriptError(error) || (error.flags & WARNING_OR_INFO) !== 0) return;
      const page = pageOf(error.innerWindowID);
      entries.push({ page: page || error.sourceName, text: `${error.errorMessage} (${error.sourceName})` });
    },
  });
  const query = (message: object): object => {
    try {
      return (message as { QueryInterface(type: unknown): object }).QueryInterface(scriptErrorType);
    } catch {
      return message;
    }
  };
  Services.ppmm.addMessageListener('workbench-driver:console', ({ data }) => {
    const { innerWindowId, text } = data as ConsoleReport;
    entries.push({ page: pageOf(innerWindowId), text });
  });
  Services.obs.addObserver((ended) => void processes.delete(ended), 'message-manager-disconnect');
  Services.ppmm.addMessageListener('workbench-driver:hello', ({ target }) => void processes.add(target));
  Services.ppmm.loadProcessScript(processScript, true);
}

/**
 * Waits until every process that runs process-side.ts has told what it knows (`flush`), or has freed what nobody refers
 * to any more (`collect`).
 */
export async function askProcesses(what: 'flush' | 'collect'): Promise<void> {
  const asked = new Set(processes);
  await new Promise<void>((resolve) => {
    const done = (): void => {
      Services.ppmm.removeMessageListener('workbench-driver:answer', answer);
      clearTimeout(bound);
      resolve();
    };
    const answer = ({ target }: Message): void => {
      asked.delete(target);
      if (asked.size === 0) done();
    };
    const bound = setTimeout(done, what === 'flush' ? FLUSH_TIMEOUT : COLLECT_TIMEOUT);
    Services.ppmm.addMessageListener('workbench-driver:answer', answer);
    Services.ppmm.broadcastAsyncMessage(`workbench-driver:${what}`);
  });
}

/** What the extension's background, or all its other pages, reported so far. */
export async function readLog(origin: string, background: boolean): Promise<string[]> {
  await askProcesses('flush');
  return entries
    .filter(({ page }) => page.startsWith(`${origin}/`) && page.includes('background') === background)
    .map(({ text }) => text);
}
