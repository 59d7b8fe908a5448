import type { CodeLanguage, CodeTokens } from '../../inspect/code-language.ts';
import type { Helper } from './helpers.ts';
import type { HighlightReply, HighlightRequest } from './highlight-messages.ts';

export type Highlight = (blob: Blob, language: CodeLanguage) => Promise<CodeTokens | null>;

/** Code that takes longer stays plain. Milliseconds. */
const PATIENCE = 15_000;

/** Colours code in a worker that ends with the answer; null when there is none. */
export const highlightInWorker = (
  blob: Blob,
  language: CodeLanguage,
  start: () => Helper,
): Promise<CodeTokens | null> =>
  new Promise((resolve) => {
    const worker = start();
    const end = (tokens: CodeTokens | null): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(tokens);
    };
    const timer = setTimeout(() => end(null), PATIENCE);
    worker.addEventListener('message', (event: MessageEvent<HighlightReply>) => end(event.data));
    worker.addEventListener('error', () => end(null));
    const request: HighlightRequest = { blob, language };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
    worker.postMessage(request);
  });
