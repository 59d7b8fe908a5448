import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import { DEFAULT_SESSION } from '../../model/session.ts';

/** Where a replay's cookies come from. */
export const replayCookies = ['captured', 'browser', 'session'] as const;
export type ReplayCookies = (typeof replayCookies)[number];

/** Whether an entry can be sent again at all: a WebSocket's handshake is no request of fetch's. */
export const canReplay = ({ kind, url }: CapturedEntry): boolean => kind !== 'websocket' && /^https?:/i.test(url);

/**
 * The Request that sends a captured one again as it was. Redirects are not followed: the captured list has each hop as an
 * entry of its own.
 * @param body the bytes to send; null where there was no body
 * @param session whose jar `cookies: 'session'` means
 */
export function replaySpec(
  entry: CapturedEntry,
  body: Uint8Array<ArrayBuffer> | null,
  cookies: ReplayCookies,
  session: string = DEFAULT_SESSION,
): RequestSpec {
  return {
    method: entry.method,
    url: entry.url,
    headers: replayFields(entry, body?.byteLength ?? 0, cookies),
    body:
      body === null || body.byteLength === 0
        ? { kind: 'none' }
        : { kind: 'blob', blob: new Blob([body]), contentType: null },
    auth: null,
    timeout: { connect: null, read: null, total: null },
    followRedirects: false,
    maxRedirects: 30,
    retries: 0,
    verify: true,
    cookies: cookies === 'captured' ? 'none' : cookies,
    storeBrowserCookies: false,
    keepAuthorization: false,
    session,
    exact: true,
  };
}

function replayFields(entry: CapturedEntry, length: number, cookies: ReplayCookies): [string, string][] {
  return entry.requestHeaders.filter(([name, value]) => {
    switch (name.toLowerCase()) {
      // Framing belongs to the connection; a length that is not the body's would make the server wait.
      case 'transfer-encoding':
        return false;
      case 'content-length':
        return value === String(length);
      case 'cookie':
        return cookies === 'captured';
      default:
        return true;
    }
  });
}
