import type { Example } from '../../model/collection.ts';
import type { ResponseHead } from '../../model/exchange.ts';

/** Bytes of a body that an example may have: it is there to be looked at, and lies in every export. */
export const LARGEST_EXAMPLE = 1024 * 1024;

/** A response as an example; null where there was none, or its body is too large or can no longer be read. */
export async function exampleFrom(
  head: ResponseHead | null,
  body: Blob | null,
  at: number,
  name = '',
): Promise<Example | null> {
  if (head === null || (body !== null && body.size > LARGEST_EXAMPLE)) return null;
  const bytes =
    body === null
      ? new Uint8Array(0)
      : await body.arrayBuffer().then(
          (buffer) => new Uint8Array(buffer),
          () => null,
        );
  if (bytes === null) return null;
  const { status, reason, headers } = head;
  const about = {
    id: crypto.randomUUID(),
    name,
    at,
    status,
    reason,
    headers: headers.map(([field, value]): [string, string] => [field, value]),
  };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { ...about, body: text, encoding: 'text' };
  } catch {
    return { ...about, body: toBase64(bytes), encoding: 'base64' };
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
