import type { BackgroundClient } from '../background-client.ts';
import { newDraft } from './new-draft.ts';
import { requestFromDraft } from './request-from-draft.ts';
import { sendUnrecorded } from './send-unrecorded.ts';

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
export async function fetchRemote(client: BackgroundClient, url: string): Promise<RemoteBody | null> {
  const draft = newDraft();
  const options = { ...draft.options, cookies: 'none' as const, responseLimit: LIMIT, totalTimeout: PATIENCE };
  const read = requestFromDraft({ ...draft, method: 'GET', url, options }, new Map(), null);
  const { head, body, error } = await sendUnrecorded(client, read);
  if (head === null || !head.ok || body === null || error !== null) return null;
  const field = head.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return { type: (field.split(';')[0] ?? '').trim().toLowerCase(), body };
}
