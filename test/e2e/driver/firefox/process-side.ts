/** Runs in every process of Firefox: `console.error` is known to the process of the page alone. */

import type { ConsoleReport, Listener } from './gecko.ts';

interface ConsoleEvent {
  readonly level: string;
  readonly innerID: number | string;
  readonly arguments: readonly unknown[];
}

declare const Cc: Readonly<
  Record<string, { getService(type: unknown): unknown; createInstance(type: unknown): unknown }>
>;
declare const Ci: Readonly<Record<string, unknown>>;
declare const Cu: { waiveXrays(value: unknown): unknown; forceGC(): void; forceCC(): void };
declare const Services: {
  readonly cpmm: {
    addMessageListener(name: string, listener: Listener): void;
    sendAsyncMessage(name: string, data?: unknown): void;
  };
};

interface ConsoleStorage {
  addLogEventListener(listener: (event: { readonly wrappedJSObject: ConsoleEvent }) => void, principal: unknown): void;
}

function show(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const own = Cu.waiveXrays(value);
  try {
    const isError = typeof own === 'object' && own !== null && 'name' in own && 'message' in own;
    return isError ? `${String(own.name)}: ${String(own.message)}` : JSON.stringify(own);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

const storage = Cc['@mozilla.org/consoleAPI-storage;1']?.getService(Ci['nsIConsoleAPIStorage']) as ConsoleStorage;
const principal = Cc['@mozilla.org/systemprincipal;1']?.createInstance(Ci['nsIPrincipal']);
storage.addLogEventListener(({ wrappedJSObject: event }) => {
  if (event.level !== 'error' && event.level !== 'assert') return;
  const report: ConsoleReport = { innerWindowId: Number(event.innerID), text: event.arguments.map(show).join(' ') };
  Services.cpmm.sendAsyncMessage('workbench-driver:console', report);
}, principal);

// An answer comes after all that was reported before it.
Services.cpmm.addMessageListener('workbench-driver:flush', () =>
  Services.cpmm.sendAsyncMessage('workbench-driver:answer'),
);
Services.cpmm.addMessageListener('workbench-driver:collect', () => {
  // What the first round frees may have held what the second one finds.
  for (let round = 0; round < 2; round++) {
    Cu.forceGC();
    Cu.forceCC();
  }
  Services.cpmm.sendAsyncMessage('workbench-driver:answer');
});
Services.cpmm.sendAsyncMessage('workbench-driver:hello');
