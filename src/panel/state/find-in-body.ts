import type { BodyFinding, BodyQuery } from '../../inspect/extract.ts';
import type { ExtractReply, ExtractRequest } from '../workers/extract-messages.ts';

/** As long as one row may take, in ms: a regular expression can go on for years. */
const PATIENCE = 10_000;

/** What a body answers to queries, one after the other; `slow` where one took too long, `failed` where the body cannot be read. */
export type FindInBody = (
  body: { readonly blob: Blob; readonly contentType: string | null },
  queries: readonly BodyQuery[],
) => Promise<(BodyFinding | 'slow' | 'failed')[]>;

/** In a worker, always: even a short text can keep a regular expression busy. */
export const findInBody: FindInBody = async (body, queries) => {
  const found: (BodyFinding | 'slow' | 'failed')[] = [];
  let worker: Worker | null = null;
  for (const [id, query] of queries.entries()) {
    worker ??= open(body);
    const finding = await ask(worker, { op: 'find', id, query });
    found.push(finding);
    if (typeof finding !== 'string') continue;
    worker.terminate();
    worker = null;
  }
  worker?.terminate();
  return found;
};

function open({ blob, contentType }: Parameters<FindInBody>[0]): Worker {
  const worker = new Worker(new URL('../workers/extract-worker.ts', import.meta.url), { type: 'module' });
  const request: ExtractRequest = { op: 'open', blob, contentType };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  worker.postMessage(request);
  return worker;
}

function ask(worker: Worker, request: ExtractRequest & { op: 'find' }): Promise<BodyFinding | 'slow' | 'failed'> {
  return new Promise((resolve) => {
    const end = (finding: BodyFinding | 'slow' | 'failed'): void => {
      clearTimeout(timer);
      listening.abort();
      resolve(finding);
    };
    const timer = setTimeout(() => end('slow'), PATIENCE);
    const listening = new AbortController();
    const { signal } = listening;
    worker.addEventListener('error', () => end('failed'), { signal });
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<ExtractReply>) => {
        if (data.id === request.id) end(data.finding ?? 'failed');
      },
      { signal },
    );
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
    worker.postMessage(request);
  });
}
