import * as v from 'valibot';
import { ABORT, carriedAnswerSchema, type CarriedHop } from '../protocol/carried-hop.ts';
import type { FetchAnswer } from './fetch-answer.ts';

declare const clients: {
  matchAll(options: { includeUncontrolled: boolean; type: 'window' }): Promise<readonly Client[]>;
};
interface Client {
  readonly url: string;
  postMessage(message: unknown, transfer: readonly Transferable[]): void;
}

const PAGE = 'offscreen.html';

let opening: Promise<unknown> | null = null;

/** One per extension; Chrome closes it only with the extension, as its reason sets no time limit. */
async function openPage(): Promise<Client> {
  const url = chrome.runtime.getURL(PAGE);
  const found = async (): Promise<Client | undefined> =>
    (await clients.matchAll({ includeUncontrolled: true, type: 'window' })).find((client) => client.url === url);
  const open = await found();
  if (open !== undefined) return open;
  opening ??= chrome.offscreen.createDocument({
    url: PAGE,
    reasons: [chrome.offscreen.Reason.WORKERS],
    justification: 'Sends requests with a certificate that the user has accepted, which a service worker cannot.',
  });
  await opening.finally(() => (opening = null));
  const fresh = await found();
  if (fresh === undefined) throw new Error('The offscreen document did not open');
  return fresh;
}

/** Like fetch, but from the offscreen document. Rejects with a TypeError as fetch does. */
export async function offscreenFetch(hop: Omit<CarriedHop, 'type'>, signal: AbortSignal): Promise<FetchAnswer> {
  const page = await openPage();
  const { port1, port2 } = new MessageChannel();
  const abort = (): void => port1.postMessage(ABORT);
  signal.addEventListener('abort', abort, { once: true });
  const answered = new Promise<unknown>((resolve) => {
    port1.addEventListener('message', ({ data }) => resolve(data));
    port1.start();
  });
  page.postMessage({ type: 'carry-hop', ...hop } satisfies CarriedHop, [port2]);
  const answer = v.parse(carriedAnswerSchema, await answered);
  if (answer.type === 'failed') throw new TypeError(answer.message);
  return {
    status: answer.status,
    statusText: answer.statusText,
    hidden: answer.hidden,
    headers: answer.headers,
    body: answer.body as ReadableStream<Uint8Array> | null,
  };
}
