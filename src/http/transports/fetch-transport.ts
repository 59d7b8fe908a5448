import { InvalidURL, UnsupportedFeature } from '../errors.ts';
import { exceptionForNetError, netErrorOf } from '../net-errors.ts';
import type { Body, Capability, HeaderLine, Transport, WireNote, WireRequest, WireResponse } from '../types.ts';

/** Fetch standard, "forbidden method". */
const FORBIDDEN_METHODS = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Fields that fetch in Node drops or writes itself. */
const FETCH_OWNS = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect']);

/**
 * Carries a hop with plain fetch: for Node, where fetch shows redirects and Set-Cookie. A browser's fetch hides both;
 * there an extension needs a transport of its own.
 */
export class FetchTransport implements Transport {
  readonly capabilities: ReadonlySet<Capability> = new Set([
    ...(['manual-redirect', 'read-set-cookie', 'set-cookie-header', 'set-user-agent'] as const),
    ...(['read-hop-status', 'net-error-code', 'stream-upload'] as const),
  ]);

  /**
   * @throws UnsupportedFeature for what fetch refuses to send, else the exception that the platform's error code
   * stands for; an abort rejects with the signal's reason.
   */
  async exchange(w: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    const refused = this.plan(w).find((note) => note.action === 'unsupported');
    if (refused !== undefined) throw new UnsupportedFeature(refused.reason);
    if (!URL.canParse(w.url)) throw new InvalidURL(`fetch cannot read the URL ${w.url}`);
    const headers = w.headers.filter(([name]) => !FETCH_OWNS.has(name.toLowerCase()));
    const body = bodyInit(w.body);
    let answer: globalThis.Response;
    try {
      // `duplex` is asked for by the Fetch standard, and is not yet in TypeScript's types.
      const init: RequestInit & { duplex: 'half' } = {
        method: w.method,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body,
        redirect: 'manual',
        credentials: 'omit',
        cache: w.cache,
        signal,
        duplex: 'half',
      };
      answer = await fetch(w.url, init);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      throw exceptionForNetError(netErrorOf(cause), { cause });
    }
    return {
      status: answer.status,
      reason: answer.statusText,
      headers: headerLines(answer.headers),
      body: answer.body,
      bodyUnavailable: answer.type === 'opaqueredirect',
      wire: { sent: headers, derived: [] },
    };
  }

  plan(w: WireRequest): readonly WireNote[] {
    const notes: WireNote[] = [];
    if (FORBIDDEN_METHODS.has(w.method))
      notes.push({ field: ':method', action: 'unsupported', reason: `fetch does not send ${w.method}` });
    if (w.body.kind !== 'none' && (w.method === 'GET' || w.method === 'HEAD'))
      notes.push({ field: ':body', action: 'unsupported', reason: `fetch does not send a ${w.method} with a body` });
    for (const [name] of w.headers)
      if (FETCH_OWNS.has(name.toLowerCase()))
        notes.push({ field: name, action: 'dropped', reason: `fetch writes ${name} itself` });
    return notes;
  }
}

/** fetch names a media type of its own for strings and typed Blobs, never for bytes. */
function bodyInit(body: Body): BodyInit | null {
  switch (body.kind) {
    case 'none':
      return null;
    case 'bytes':
      return body.bytes as Uint8Array<ArrayBuffer>;
    case 'blob':
      return body.blob.type === '' ? body.blob : body.blob.slice();
    case 'stream':
      return body.open();
  }
}

/** Set-Cookie is the one field whose lines fetch keeps apart. */
function headerLines(headers: Headers): HeaderLine[] {
  const cookies = headers.getSetCookie().map((value) => ['Set-Cookie', value] as const);
  return [...[...headers].filter(([name]) => name !== 'set-cookie'), ...cookies];
}
