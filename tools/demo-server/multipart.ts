import { utf8 } from './text-encoding.ts';

/** One part of a multipart/form-data body. */
interface FormPart {
  readonly name: string;
  /** Given for files only. */
  readonly filename: string | undefined;
  readonly mediaType: string | undefined;
  readonly content: Buffer;
}

/** Splits a multipart/form-data body (RFC 7578); parts without a name are left out. */
export function multipartParts(body: Buffer, boundary: string): FormPart[] {
  const parts: FormPart[] = [];
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // The first delimiter has no line break of its own before it.
  const framed = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = framed.indexOf(delimiter);
  while (start >= 0) {
    const end = framed.indexOf(delimiter, start + delimiter.length);
    if (end < 0) break;
    const part = readPart(framed.subarray(start + delimiter.length, end));
    if (part) parts.push(part);
    start = end;
  }
  return parts;
}

function readPart(bytes: Buffer): FormPart | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const fields = new Map(
    bytes
      .subarray(0, headEnd)
      .toString('latin1')
      .split('\r\n')
      .map((line): [string, string] => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')]),
  );
  const disposition = fields.get('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  const filename = parameter(disposition, 'filename');
  return { name, filename, mediaType: fields.get('content-type'), content: bytes.subarray(headEnd + 4) };
}

/** A parameter of a field value, quoted or not. */
export function parameter(value: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]*))`, 'i').exec(value);
  const text = found?.[1]?.replace(/\\(["\\])/g, '$1') ?? found?.[2];
  return text === undefined ? undefined : utf8(text);
}
