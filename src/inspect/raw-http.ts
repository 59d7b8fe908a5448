import type { HeaderLines } from '../model/exchange.ts';

/** What a raw text is made of. */
export interface RawMessage {
  /** `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  readonly fields: HeaderLines;
  /** Bytes that go behind the empty line; null for none. */
  readonly body: Uint8Array | null;
}

/**
 * A message as HTTP/1.1 writes it, for the clipboard. Lines end in CRLF as on the wire; bytes of the body that are no
 * UTF-8 show as U+FFFD, for a clipboard holds text.
 */
export function rawHttp({ startLine, fields, body }: RawMessage): string {
  const head = [startLine, ...fields.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return body === null ? head : head + new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}
