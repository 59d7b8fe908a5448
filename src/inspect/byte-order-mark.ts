export interface ByteOrderMark {
  readonly charset: string;
  readonly length: number;
}

/** The encoding that the first bytes declare (Unicode 15, section 23.8); null without a mark. UTF-32 comes first: its little-endian mark begins like UTF-16's. */
export function byteOrderMark(head: Uint8Array): ByteOrderMark | null {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { charset: 'utf-32le', length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { charset: 'utf-32be', length: 4 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { charset: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe) return { charset: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { charset: 'utf-16be', length: 2 };
  return null;
}
