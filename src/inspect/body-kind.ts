import { sniffImage } from './image-type.ts';
import { JsonScanner } from './json-scanner.ts';
import { isJsonType, isTextType, type MediaType } from './media-type.ts';

export type BodyKind = 'json' | 'text' | 'image' | 'binary';

/** Types that servers send for lack of a better one: here the bytes decide. */
const VAGUE = new Set(['text/plain', 'application/octet-stream', 'application/unknown', 'unknown/unknown']);

/**
 * How a body is best looked at first: what its media type says, unless that says nothing or the bytes contradict it.
 * @param head the first bytes of the body; a few hundred suffice
 */
export function bodyKind(media: MediaType | null, head: Uint8Array): BodyKind {
  if (media && isJsonType(media)) return 'json';
  const image = sniffImage(head);
  const isVague = media === null || VAGUE.has(media.essence);
  if (image !== null && (isVague || media.type === 'image' || !isTextType(media))) return 'image';
  if (!isVague && isTextType(media)) return 'text';
  if (!isWide(media) && hasBinaryByte(head)) return 'binary';
  if (isVague) return looksLikeJson(head) ? 'json' : 'text';
  return 'text';
}

/** The field declares UTF-16 or UTF-32, in which ASCII has NULs. */
function isWide(media: MediaType | null): boolean {
  return /^utf-?(?:16|32)/i.test(media?.parameters.get('charset')?.trim() ?? '');
}

/** A byte that no text has (MIME Sniffing section 7.2), unless UTF-16 or UTF-32 explains the NULs. */
function hasBinaryByte(head: Uint8Array): boolean {
  const [a, b] = head;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return false;
  return head.some((byte) => byte <= 0x08 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1f && byte !== 0x1b));
}

/** True for an object or array without an error in the part seen: being cut off by the end of the part is none. */
function looksLikeJson(head: Uint8Array): boolean {
  const first = head.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  if (first !== 0x7b && first !== 0x5b) return false;
  const scanner = new JsonScanner();
  scanner.push(head);
  return scanner.error === null && scanner.nodes.count > 1;
}
