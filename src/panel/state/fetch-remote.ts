import type { BackgroundClient } from '../background-client.ts';
import { newDraft } from './new-draft.ts';
import { requestFromDraft } from './request-from-draft.ts';

/** A resource that was fetched for a document on show. */
export interface RemoteBody {
  /** Its media type, without parameters. */
  readonly type: string;
  readonly body: Blob;
}

/** MiB, and seconds. */
const LIMIT = '8';
const PATIENCE = '20';

/** Gets a picture or a style sheet, without cookies, and without a trace in the history; null when it cannot be had. */
export function fetchRemote(client: BackgroundClient, url: string): Promise<RemoteBody | null> {
  const draft = newDraft();
  const options = { ...draft.options, cookies: 'none' as const, responseLimit: LIMIT, totalTimeout: PATIENCE };
  const read = requestFromDraft({ ...draft, method: 'GET', url, options }, new Map(), null);
  if (!read.ok) return Promise.resolve(null);
  return new Promise((resolve) => {
    let type: string | null = null;
    client.sendUnrecorded(read.request, (update) => {
      if (update.kind === 'head' && update.response.ok) {
        const field = update.response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
        type = (field.split(';')[0] ?? '').trim().toLowerCase();
      }
      if (update.kind !== 'end') return;
      resolve(type === null || update.body === null || update.error !== null ? null : { type, body: update.body });
    });
  });
}
