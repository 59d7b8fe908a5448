import type { BatchItem, Original } from '../../model/batch.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { HistoryReader } from '../../storage/history-reader.ts';
import { replaySpec, type ReplayCookies } from '../capture/replay-spec.ts';
import type { KeptBody } from '../capture/response-bodies.ts';
import { COMPARED_BODY } from './judge.ts';

/** Captured requests as items of a batch, each with the response that the page had. */
export async function* fromCaptured(
  entries: readonly CapturedEntry[],
  responseBody: (id: string) => KeptBody,
  cookies: ReplayCookies,
  session: string,
): AsyncGenerator<BatchItem> {
  for (const entry of entries) {
    const body = entry.body.state === 'exact' ? new Uint8Array(entry.body.bytes) : null;
    const original: Original | null =
      entry.status === 0
        ? null
        : {
            status: entry.status,
            headers: entry.responseHeaders,
            body: await originalBody(entry, responseBody(entry.id)),
            duration: entry.duration,
          };
    yield { request: replaySpec(entry, body, cookies, session), original };
  }
}

async function originalBody({ sizes, method, status }: CapturedEntry, kept: KeptBody): Promise<Original['body']> {
  // RFC 9110 section 6.4.1: these have no content.
  const hasNone = method === 'HEAD' || status === 204 || status === 304;
  if (kept.state === 'kept' && kept.isSure && !hasNone) return bodyOf(kept.blob, kept.isText);
  return hasNone || sizes.content === 0
    ? { state: 'known', bytes: new Uint8Array(0), isText: false }
    : { state: 'unknown' };
}

async function bodyOf(blob: Blob, isText: boolean): Promise<Original['body']> {
  if (blob.size > COMPARED_BODY) return { state: 'large', size: blob.size };
  return { state: 'known', bytes: new Uint8Array(await blob.arrayBuffer()), isText };
}

/** Recorded exchanges as items of a batch, in the order given; `missed` hears of those that cannot be sent again. */
export async function* fromHistory(
  ids: readonly number[],
  reader: Pick<HistoryReader, 'open'>,
  missed: () => void,
): AsyncGenerator<BatchItem> {
  for (const id of ids) {
    const opened = await reader.open(id).catch(() => null);
    if (opened === null || opened.exchange.request === null) {
      missed();
      continue;
    }
    const { request, head, hops, duration } = opened.exchange;
    const isHidden = hops.at(-1)?.bodyUnavailable === true;
    const original: Original | null =
      head === null
        ? null
        : {
            status: head.status,
            headers: head.headers,
            body: opened.body === null || isHidden ? { state: 'unknown' } : await bodyOf(opened.body, false),
            duration,
          };
    yield { request, original };
  }
}
