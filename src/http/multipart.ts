/** Bodies of type multipart/form-data (RFC 7578) as urllib3 2 writes them. */
import { fieldsOf } from './encoding.ts';
import type { Body, FilesInit, FileSpec, FileValue, Pairs } from './types.ts';
import { assertWellFormed, decodeUtf8, utf8Length } from './utf8.ts';

type Piece = string | Uint8Array<ArrayBuffer> | Blob;

interface Part {
  name: string;
  filename: string | null;
  content: Piece;
  contentType?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

/** 32 hexadecimal digits from the platform's secure source. */
export function chooseBoundary(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const ESCAPED: Readonly<Record<string, string>> = { '"': '%22', '\r': '%0D', '\n': '%0A' };

/** A parameter as the HTML standard writes it: raw UTF-8 but for quotes and line breaks. */
function parameter(name: string, value: string): string {
  return `; ${name}="${value.replace(/["\r\n]/g, (character) => ESCAPED[character] ?? '')}"`;
}

function renderHeaders({ name, filename, contentType, headers = {} }: Part): string {
  const filenameParameter = filename === null ? '' : parameter('filename', filename);
  const own: Record<string, string> = {
    'Content-Disposition': `form-data${parameter('name', name)}${filenameParameter}`,
    'Content-Type': contentType ?? '',
    // Never set by Requests, but a caller's own is discarded as well.
    'Content-Location': '',
  };
  const extra = Object.entries(headers).filter(([field]) => !Object.hasOwn(own, field));
  const lines = [...Object.entries(own), ...extra].filter(([, value]) => value);
  return `${lines.map(([field, value]) => `${field}: ${value}\r\n`).join('')}\r\n`;
}

/** The name that a File brings along, without folders; names in angle brackets are no names (`guess_filename`). */
function nameOf(content: FileValue): string | null {
  const name = content instanceof Blob && 'name' in content ? content.name : null;
  if (typeof name !== 'string' || !name || name.startsWith('<') || name.endsWith('>')) return null;
  return name.slice(name.lastIndexOf('/') + 1);
}

function bytesOf(source: BufferSource): Uint8Array<ArrayBuffer> {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}

function pieceOf(content: FileValue): Piece {
  return typeof content === 'string' || content instanceof Blob ? content : bytesOf(content);
}

function isTuple(spec: FileSpec): spec is Extract<FileSpec, readonly unknown[]> {
  return Array.isArray(spec);
}

function filePart(name: string, spec: FileSpec): Part {
  if (!isTuple(spec)) return { name, filename: nameOf(spec) ?? name, content: pieceOf(spec) };
  const [filename, content, contentType, headers] = spec;
  return { name, filename, content: pieceOf(content), contentType, headers };
}

function* partsOf(data: Pairs | null, files: readonly (readonly [string, FileSpec])[]): Generator<Part> {
  for (const [name, value] of data === null ? [] : fieldsOf(data)) {
    yield {
      name: typeof name === 'string' ? name : decodeUtf8(name),
      filename: null,
      content: value instanceof Uint8Array ? new Uint8Array(value) : String(value),
    };
  }
  for (const [name, spec] of files) {
    const content: FileValue | null = isTuple(spec) ? spec[1] : spec;
    // A null file is left out, as Requests leaves out None.
    if (content !== null) yield filePart(name, spec);
  }
}

/** One buffer, each piece written into its place: nothing is copied twice. */
function concatenate(pieces: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const length = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? utf8Length(piece) : piece.length), 0);
  const out = new Uint8Array(length);
  const encoder = new TextEncoder();
  let at = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') at += encoder.encodeInto(piece, out.subarray(at)).written;
    else {
      out.set(piece, at);
      at += piece.length;
    }
  }
  return out;
}

function hasNoBlob(pieces: readonly Piece[]): pieces is readonly Exclude<Piece, Blob>[] {
  return !pieces.some((piece) => piece instanceof Blob);
}

/** The files as pairs, in order. */
export function fileEntries(files: FilesInit): (readonly [string, FileSpec])[] {
  return Symbol.iterator in files ? [...files] : Object.entries(files);
}

/**
 * The body: a part for each data field, then one for each file, in order. Blobs are put in by reference and never
 * read; the body is a Blob when there is any, bytes otherwise. Content-Type of a part only as given: none is guessed.
 * @throws RangeError for text with a lone surrogate or a field name that is no UTF-8.
 */
export function encodeMultipart(
  data: Pairs | null,
  files: readonly (readonly [string, FileSpec])[],
  boundary: string,
): { body: Body; contentType: string } {
  const pieces: Piece[] = [];
  for (const part of partsOf(data, files)) {
    pieces.push(`--${boundary}\r\n${renderHeaders(part)}`, part.content, '\r\n');
  }
  pieces.push(`--${boundary}--\r\n`);
  for (const piece of pieces) if (typeof piece === 'string') assertWellFormed(piece);
  const body: Body = hasNoBlob(pieces)
    ? { kind: 'bytes', bytes: concatenate(pieces) }
    : { kind: 'blob', blob: new Blob(pieces) };
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}
