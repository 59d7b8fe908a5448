/** Runs beside a page, in its process, with Gecko's privileges: a frame script. */

import type { Listener } from './gecko.ts';

declare const content: Window;
declare const Cu: {
  Sandbox(principal: object, options: object): object;
  evalInSandbox(code: string, sandbox: object): unknown;
};
declare function addMessageListener(name: string, listener: Listener): void;
declare function sendAsyncMessage(name: string, data: unknown): void;
declare function addEventListener(type: string, listener: (event: KeyboardEvent) => void, options: object): void;

interface EvaluateRequest {
  readonly id: number;
  readonly code: string;
}

let scope: { readonly document: Document; readonly sandbox: object } | undefined;

/** A scope that sees the page's own objects, but is not under its CSP. One for each document. */
function sandboxOf(window: Window): object {
  if (scope?.document !== window.document) {
    const options = { sandboxPrototype: window, sameZoneAs: window, wantXrays: false };
    scope = { document: window.document, sandbox: Cu.Sandbox(window, options) };
  }
  return scope.sandbox;
}

async function evaluate({ id, code }: EvaluateRequest): Promise<void> {
  try {
    const result = await Cu.evalInSandbox(code, sandboxOf(content));
    sendAsyncMessage('workbench-driver:result', { id, result });
  } catch (error) {
    sendAsyncMessage('workbench-driver:result', { id, error: String(error) });
  }
}

addMessageListener('workbench-driver:evaluate', ({ data }) => void evaluate(data as EvaluateRequest));

// In the system group nothing that the page does can hide the event, and the page's own listeners have run.
addEventListener('keyup', ({ key }) => sendAsyncMessage('workbench-driver:keyup', { key }), { mozSystemGroup: true });
