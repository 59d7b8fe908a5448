/** `Response.iter_lines`: pieces of a body as lines. */

/** What Python's `bytes.splitlines` and `str.splitlines` break at. */
const BYTE_BREAK = /\r\n|[\n\r]/;
// oxlint-disable-next-line no-control-regex -- Python breaks text at these controls
const TEXT_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/**
 * Splits pieces into lines as they come. Without a delimiter lines end as in Python's `splitlines`, and a CRLF that
 * two pieces share counts as one line end; Requests gives an extra empty line there (psf/requests#3980). With a
 * delimiter Requests' rule holds unchanged: the text behind the last one of a piece is a line even when empty.
 */
export async function* splitLines<T extends Uint8Array | string>(
  pieces: AsyncIterable<T>,
  delimiter: T | null,
): AsyncIterableIterator<T> {
  let pending: string | null = null;
  let afterReturn = false;
  let model: T | null = null;
  for await (const piece of pieces) {
    // An empty piece says nothing, not even that a CR is behind us.
    if (delimiter === null && piece.length === 0) continue;
    let text: string = (pending ?? '') + plain(piece);
    if (delimiter === null && afterReturn && text.startsWith('\n')) text = text.slice(1);
    afterReturn = text.endsWith('\r');
    if (text === '') continue;
    const lines: string[] =
      delimiter === null ? pythonLines(text, typeof piece !== 'string') : text.split(plain(delimiter));
    const last: string = lines.at(-1) ?? '';
    pending = last !== '' && last.at(-1) === text.at(-1) ? (lines.pop() ?? null) : null;
    for (const line of lines) yield likewise(line, piece);
    model = piece;
  }
  if (pending !== null && model !== null) yield likewise(pending, model);
}

/** Python's `splitlines`: no empty last line behind the last line end. */
function pythonLines(text: string, isBytes: boolean): string[] {
  const lines = text.split(isBytes ? BYTE_BREAK : TEXT_BREAK);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Bytes as characters of the same number, so that one set of string rules serves both. */
function plain(piece: Uint8Array | string): string {
  if (typeof piece === 'string') return piece;
  let text = '';
  for (let at = 0; at < piece.length; at += 8192) text += String.fromCharCode(...piece.subarray(at, at + 8192));
  return text;
}

/** A line of the same type as the piece it came in. */
function likewise<T extends Uint8Array | string>(line: string, model: T): T;
function likewise(line: string, model: Uint8Array | string): Uint8Array | string {
  return typeof model === 'string' ? line : Uint8Array.from(line, (character) => character.charCodeAt(0));
}
