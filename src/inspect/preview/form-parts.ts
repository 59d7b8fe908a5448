import { boundaryOf } from '../multipart.ts';

/** One field of a form, or one part of a multipart body. */
export interface FormPart {
  readonly name: string;
  /** null: a plain field. */
  readonly filename: string | null;
  /** Header fields of the part, as sent. */
  readonly head: string;
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Fields of `application/x-www-form-urlencoded`, in order (WHATWG URL section 5.1). */
export function urlencodedParts(bytes: Uint8Array): FormPart[] {
  const encoder = new TextEncoder();
  const fields = new URLSearchParams(new TextDecoder().decode(bytes).trim());
  return [...fields].map(([name, value]) => ({
    name,
    filename: null,
    head: '',
    type: '',
    content: encoder.encode(value),
  }));
}

/**
 * Parts of a multipart body (RFC 2046 section 5.1), read leniently: preamble and epilogue are passed over, bare LF is
 * taken for CRLF, and a last part that nothing ends counts.
 * @returns null when the Content-Type names no boundary, or the body has no such delimiter
 */
export function multipartParts(bytes: Uint8Array, contentType: string): FormPart[] | null {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return null;
  // One character a byte: places in the text are places in the bytes.
  const text = latin1(bytes);
  const literal = boundary.replaceAll(
    /[^\w]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${literal}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g');
  const marks = [...text.matchAll(delimiter)];
  if (marks.length === 0) return null;
  const parts: FormPart[] = [];
  for (const [at, mark] of marks.entries()) {
    if (mark[1] !== undefined) break;
    const from = mark.index + mark[0].length;
    const part = text.slice(from, marks[at + 1]?.index ?? text.length).replace(/^\r?\n/, '');
    const start = (marks[at + 1]?.index ?? text.length) - part.length;
    const blank = /^\r?\n|\r?\n\r?\n/.exec(part);
    const head = blank === null ? part : part.slice(0, blank.index);
    const contentStart = blank === null ? part.length : blank.index + blank[0].length;
    parts.push({ ...factsOf(utf8(head)), content: bytes.slice(start + contentStart, start + part.length) });
  }
  return parts;
}

function factsOf(head: string): Omit<FormPart, 'content'> {
  const fields = new Map(
    head
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
      .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const disposition = fields.get('content-disposition') ?? '';
  return {
    name: parameter(disposition, 'name') ?? fields.get('content-id') ?? '',
    filename: parameter(disposition, 'filename'),
    head,
    type: fields.get('content-type') ?? '',
  };
}

/** A parameter, as browsers and Requests write it: quoted with %22, or RFC 8187. */
function parameter(field: string, name: string): string | null {
  const extended = new RegExp(`[;\\s]${name}\\*=(?:utf-8)''([^;\\s]+)`, 'i').exec(field)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended);
    } catch {
      return extended;
    }
  }
  const match = new RegExp(`[;\\s]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(field);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? null : value.replaceAll('%22', '"').replaceAll(/\\(["\\])/g, '$1');
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function utf8(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
}
