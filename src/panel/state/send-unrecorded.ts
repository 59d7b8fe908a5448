import type { ExchangeError, ResponseHead } from '../../model/exchange.ts';
import { asBlob } from '../../storage/detached.ts';
import type { BackgroundClient } from '../background-client.ts';
import type { ReadRequest } from './request-from-draft.ts';

/** What came of a request that is no exchange of its own. */
export interface Answer {
  readonly head: ResponseHead | null;
  readonly body: Blob | null;
  readonly error: ExchangeError | null;
}

/** Sends a request on behalf of the panel itself: nothing of it is kept, neither in the history nor in a jar. */
export function sendUnrecorded(client: BackgroundClient, read: ReadRequest): Promise<Answer> {
  if (!read.ok) return Promise.resolve({ head: null, body: null, error: read.error });
  return new Promise((resolve) => {
    let head: ResponseHead | null = null;
    client.sendUnrecorded(read.request, (update) => {
      if (update.kind === 'head') head = update.response;
      if (update.kind === 'end')
        resolve({ head, body: update.body === null ? null : asBlob(update.body), error: update.error });
    });
  });
}
