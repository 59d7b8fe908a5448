/**
 * What a backup needs of the tar format (POSIX.1-2001 ustar): plain files under short ASCII names, one after the other.
 * Any tar program lists and unpacks them.
 */
export const BLOCK = 512;

/** Where the fields of a header stand, and how long they are. Bytes. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  time: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;

/** The largest size that eleven octal digits hold, 8 GiB; beyond it no file of a backup goes. */
const LARGEST = 8 ** 11 - 1;

/** @param time seconds since the epoch */
export function tarHeader(name: string, size: number, time: number): Uint8Array<ArrayBuffer> {
  if (!/^[\w./-]{1,100}$/.test(name) || size > LARGEST) throw new RangeError(`Not for a tar header: ${name}, ${size}`);
  const header = new Uint8Array(BLOCK);
  const put = (field: keyof typeof fields, text: string): void => {
    for (let at = 0; at < text.length; at++) header[fields[field][0] + at] = text.charCodeAt(at);
  };
  const octal = (field: keyof typeof fields, value: number): void =>
    put(field, value.toString(8).padStart(fields[field][1] - 1, '0'));
  put('name', name);
  octal('mode', 0o600);
  octal('uid', 0);
  octal('gid', 0);
  octal('size', size);
  octal('time', time);
  put('type', '0');
  put('magic', 'ustar\u000000');
  put('checksum', `${checksumOf(header).toString(8).padStart(6, '0')}\u0000 `);
  return header;
}

/** How many bytes follow a file until the next header. */
export const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/** A header as it was written; null for the block of zeros that ends an archive, undefined for anything else. */
export function readTarHeader(block: Uint8Array): { name: string; size: number } | null | undefined {
  if (block.every((byte) => byte === 0)) return null;
  const text = (field: keyof typeof fields): string => {
    const [start, length] = fields[field];
    return String.fromCharCode(...block.subarray(start, start + length)).split('\u0000')[0] ?? '';
  };
  const octal = (field: keyof typeof fields): number =>
    /^[0-7]+ ?$/.test(text(field)) ? Number.parseInt(text(field), 8) : Number.NaN;
  const isOurs = text('magic') === 'ustar' && text('type') === '0' && octal('checksum') === checksumOf(block);
  const [name, size] = [text('name'), octal('size')];
  return isOurs && name !== '' && Number.isSafeInteger(size) ? { name, size } : undefined;
}

/** The sum of all bytes, those of the sum itself counted as spaces. */
function checksumOf(header: Uint8Array): number {
  const [start, length] = fields.checksum;
  return header.reduce((sum, byte, at) => sum + (at >= start && at < start + length ? 0x20 : byte), 0);
}
