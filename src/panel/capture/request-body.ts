import type { CapturedBody } from '../../model/captured-entry.ts';
import type { HeaderLines } from '../../model/exchange.ts';
import { sameMultipart } from '../../inspect/multipart.ts';

/** What the network log knows of a request's body. */
export interface BodyEvidence {
  readonly method: string;
  /** `postData.text` of the log; null when it has none. */
  readonly text: string | null;
  /** The Content-Length that was sent; null when none was. */
  readonly length: number | null;
  readonly contentType: string;
  /** The body was sent with a Content-Encoding. */
  readonly encoded: boolean;
}

/** A body that went out to the same URL with the same method, from another witness than the log. */
export interface BodyCandidate {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly source: 'wire' | 'page';
  /** Another request could not be told from the one that this belongs to: it proves nothing alone. */
  readonly shared: boolean;
}

export interface LogQuirks {
  /** The log's text has U+FFFD in place of bytes that are not UTF-8, and is unpacked (Chromium). */
  readonly replacesBytes: boolean;
}

export function bodyEvidence(method: string, headers: HeaderLines, text: string | null): BodyEvidence {
  const field = (name: string): string | undefined => headers.find(([other]) => other.toLowerCase() === name)?.[1];
  const length = field('content-length');
  return {
    method,
    text,
    length: length !== undefined && /^\d+$/.test(length) ? Number(length) : null,
    contentType: field('content-type') ?? '',
    encoded: (field('content-encoding') ?? 'identity') !== 'identity',
  };
}

/**
 * The bytes of a request body, or openly not: the log's text where the length that was sent proves it, else what
 * another witness saw, if it agrees with the log in all that the log knows.
 */
export function judgeBody(e: BodyEvidence, candidates: readonly BodyCandidate[], quirks: LogQuirks): CapturedBody {
  if (hasNoBody(e)) return { state: 'none' };
  if (e.length === 0) return { state: 'exact', bytes: new Uint8Array(0), source: 'log' };
  const told = provenText(e, quirks);
  if (told !== null) return { state: 'exact', bytes: told, source: 'log' };

  const fitting = candidates.filter(({ bytes }) => agrees(bytes, e));
  const [first] = fitting;
  if (first !== undefined && fitting.every(({ bytes, shared }) => !shared && equalBytes(bytes, first.bytes))) {
    return { state: 'exact', bytes: first.bytes, source: first.source };
  }
  return { state: 'incomplete', gap: gapOf(e, fitting.length > 0), text: e.text, length: e.length };
}

/** Whether a witness that comes later could still complete the body. */
export function wantsCandidates(body: CapturedBody): boolean {
  return body.state === 'incomplete' && body.gap !== 'ambiguous' && body.gap !== 'dropped';
}

function hasNoBody({ text, length }: BodyEvidence): boolean {
  return length === null && (text === null || text === '');
}

function provenText(
  { text, length, encoded }: BodyEvidence,
  { replacesBytes }: LogQuirks,
): Uint8Array<ArrayBuffer> | null {
  if (text === null || length === null || (replacesBytes && encoded)) return null;
  // One character a byte; were it UTF-8, characters beyond ASCII would make the length another.
  const single = text.length === length ? oneByteEach(text) : null;
  if (single !== null) return single;
  if (replacesBytes && text.includes('\uFFFD')) return null;
  const bytes = new TextEncoder().encode(text);
  return bytes.length === length ? bytes : null;
}

/** null when a character does not fit into a byte. */
function oneByteEach(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0xff) return null;
    bytes[at] = code;
  }
  return bytes;
}

function gapOf({ text, length }: BodyEvidence, several: boolean): 'ambiguous' | 'unproven' | 'text-only' | 'withheld' {
  if (several) return 'ambiguous';
  if (text === null || text === '') return 'withheld';
  return length === null ? 'unproven' : 'text-only';
}

/** Whether the bytes could be those that the log tells of. */
export function agrees(bytes: Uint8Array, { text, length, encoded, contentType }: BodyEvidence): boolean {
  if (length !== null && bytes.length !== length) return false;
  if (text === null || text === '' || encoded) return length !== null || text !== null;
  if (/^multipart\//i.test(contentType)) return sameMultipart(bytes, text, contentType);
  return (
    squeezed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) === squeezed(text) || latin1(bytes) === text
  );
}

/** How many U+FFFD stand for a broken sequence differs between decoders. */
const squeezed = (text: string): string => text.replace(/\uFFFD+/g, '\uFFFD').replace(/^\uFEFF/, '');

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((byte, at) => byte === b[at]));
}
