/** Reading multipart bodies (RFC 2046 section 5.1, RFC 7578) as senders write them: exact, nothing decoded. */
export interface MultipartPart {
  /** The part's header section as sent, without the empty line. */
  readonly head: string;
  readonly content: Uint8Array;
}

/** The boundary that a Content-Type field names; null when it names none. */
export function boundaryOf(contentType: string): string | null {
  const match = /;[ \t]*boundary=(?:"([^"]*)"|([^;,\s]*))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2] ?? '';
  return boundary === '' ? null : boundary;
}

/**
 * The parts of a body, in order.
 * @returns null unless the body is what `joinParts` would make of them: no preamble, no epilogue, CRLF throughout
 */
export function splitParts(body: Uint8Array, boundary: string): MultipartPart[] | null {
  const delimiter = ascii(`--${boundary}`);
  if (!startsWith(body, delimiter, 0)) return null;
  const parts: MultipartPart[] = [];
  let at = delimiter.length;
  for (;;) {
    if (startsWith(body, ascii('--\r\n'), at) && at + 4 === body.length) return parts;
    if (!startsWith(body, CRLF, at)) return null;
    const start = at + 2;
    const end = indexOf(body, ascii(`\r\n--${boundary}`), start);
    if (end < 0) return null;
    const empty = indexOf(body, ascii('\r\n\r\n'), start);
    if (empty < 0 || empty > end) return null;
    parts.push({ head: decode(body.subarray(start, empty)), content: body.subarray(empty + 4, end) });
    at = end + 2 + delimiter.length;
  }
}

/** The body that these parts make. */
export function joinParts(
  parts: readonly { head: string; content: Uint8Array }[],
  boundary: string,
): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const pieces = parts.flatMap(({ head, content }) => [
    encoder.encode(`--${boundary}\r\n${head}\r\n\r\n`),
    content,
    CRLF,
  ]);
  pieces.push(encoder.encode(`--${boundary}--\r\n`));
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The same body with another boundary; null when it is not in the form that `splitParts` reads. */
export function withBoundary(body: Uint8Array<ArrayBuffer>, from: string, to: string): Uint8Array<ArrayBuffer> | null {
  if (from === to) return body;
  const parts = splitParts(body, from);
  return parts === null ? null : joinParts(parts, to);
}

/** What a part's head says of it. */
export interface PartFacts {
  readonly name: string;
  /** null: a plain field. */
  readonly filename: string | null;
  readonly contentType: string | null;
  /** It says nothing else: composing a part of these facts gives the same head. */
  readonly plain: boolean;
}

const DISPOSITION = /^Content-Disposition: form-data; name="([^"]*)"(?:; filename="([^"]*)")?$/i;
const TYPE = /^Content-Type: (.*)$/i;

export function partFacts(head: string): PartFacts {
  const [disposition = '', second, ...rest] = head.split('\r\n');
  const named = DISPOSITION.exec(disposition);
  const typed = second === undefined ? null : TYPE.exec(second);
  return {
    name: unescape(named?.[1] ?? ''),
    filename: named?.[2] === undefined ? null : unescape(named[2]),
    contentType: typed?.[1] ?? null,
    plain: named !== null && (second === undefined || typed !== null) && rest.length === 0,
  };
}

/** HTML standard, "multipart/form-data encoding algorithm". */
const unescape = (text: string): string =>
  text
    .replaceAll('%22', '"')
    .replaceAll(/%0D%0A/gi, '\r\n')
    .replaceAll(/%0A/gi, '\n')
    .replaceAll(/%0D/gi, '\r');

/**
 * Whether a body can be the one that a text shows, in which the contents of files are missing or unreadable: the heads
 * of all parts agree, and the contents wherever the text is sure of them.
 */
export function sameMultipart(body: Uint8Array, text: string, contentType: string): boolean {
  const boundary = boundaryOf(contentType);
  const shown = boundary === null ? null : splitParts(new TextEncoder().encode(text), boundary);
  const parts = boundary === null ? null : splitParts(body, boundary);
  if (shown === null || parts === null || shown.length !== parts.length) return false;
  return parts.every(({ head, content }, index) => {
    const other = shown[index];
    if (other?.head !== head) return false;
    if (partFacts(head).filename !== null) return true;
    return decode(content) === decode(other.content);
  });
}

const CRLF = ascii('\r\n');

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  return at + wanted.length <= bytes.length && wanted.every((byte, index) => bytes[at + index] === byte);
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, wanted, at)) return at;
  }
  return -1;
}
