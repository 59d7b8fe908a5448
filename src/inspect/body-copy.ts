import { blobPieces } from './blob-pieces.ts';
import { breather } from './breather.ts';
import { parseMediaType } from './media-type.ts';

export const copyForms = ['text', 'base64', 'data-url', 'hex'] as const;
export type CopyForm = (typeof copyForms)[number];

/**
 * Bytes of a body that may be copied in a form: each comes to at most 64 MiB of text, which is about what a clipboard takes
 * without standing still for seconds.
 */
export const COPY_LIMITS: Readonly<Record<CopyForm, number>> = {
  text: 64 * 1024 * 1024,
  base64: 48 * 1024 * 1024,
  'data-url': 48 * 1024 * 1024,
  hex: 32 * 1024 * 1024,
};

/** RFC 4648 section 4, in one line. */
export async function asBase64(blob: Blob): Promise<string> {
  const parts: string[] = [];
  const breathe = breather();
  let rest: Uint8Array = new Uint8Array();
  for await (const piece of blobPieces(blob)) {
    const bytes = new Uint8Array(rest.length + piece.length);
    bytes.set(rest);
    bytes.set(piece, rest.length);
    // Three bytes are four characters: what is left over goes with the next piece.
    const whole = bytes.length - (bytes.length % 3);
    for (let at = 0; at < whole; at += STEP) {
      parts.push(btoa(String.fromCharCode(...bytes.subarray(at, Math.min(at + STEP, whole)))));
      await breathe();
    }
    rest = bytes.subarray(whole);
  }
  parts.push(btoa(String.fromCharCode(...rest)));
  return parts.join('');
}

/** RFC 2397. @param contentType the Content-Type field; what is none becomes application/octet-stream */
export async function asDataUrl(blob: Blob, contentType: string | null): Promise<string> {
  const media = parseMediaType(contentType);
  const charset = media?.parameters.get('charset');
  const parameter = charset !== undefined && /^[\w.:-]+$/.test(charset) ? `;charset=${charset}` : '';
  return `data:${media?.essence ?? 'application/octet-stream'}${parameter};base64,${await asBase64(blob)}`;
}

/** Two digits a byte, nothing between. */
export async function asHex(blob: Blob): Promise<string> {
  const parts: string[] = [];
  const breathe = breather();
  for await (const piece of blobPieces(blob)) {
    for (let at = 0; at < piece.length; at += STEP) {
      parts.push(Array.from(piece.subarray(at, at + STEP), (byte) => DIGITS[byte]).join(''));
      await breathe();
    }
  }
  return parts.join('');
}

/** Bytes worked on at a time; a multiple of three, and fewer than a function takes as arguments. */
const STEP = 0x6000;

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
