/** One picture of 32 × 16 in VP8: half of it blue, half of it yellow. */
const FRAME =
  '5002009d012a2000100003805a25a00274ca11c0de01bc000dfe0000feec70dffc6ef2a8285d7f5642936ffadd9f5fb1766a3b3e0000';

/** A WebM file (Matroska, RFC 9559) of that one picture. */
export function video(): Buffer {
  const frame = Buffer.from(FRAME, 'hex');
  const head = element('1a45dfa3', [
    element('4286', [number(1)]),
    element('42f7', [number(1)]),
    element('42f2', [number(4)]),
    element('42f3', [number(8)]),
    element('4282', [Buffer.from('webm')]),
    element('4287', [number(2)]),
    element('4285', [number(2)]),
  ]);
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(40);
  const info = element('1549a966', [
    element('2ad7b1', [Buffer.from('0f4240', 'hex')]),
    element('4489', [duration]),
    element('4d80', [Buffer.from('sample')]),
    element('5741', [Buffer.from('sample')]),
  ]);
  const track = element('ae', [
    element('d7', [number(1)]),
    element('73c5', [number(1)]),
    element('83', [number(1)]),
    element('86', [Buffer.from('V_VP8')]),
    element('e0', [element('b0', [number(32)]), element('ba', [number(16)])]),
  ]);
  const block = Buffer.concat([Buffer.from('81000080', 'hex'), frame]);
  const cluster = element('1f43b675', [element('e7', [number(0)]), element('a3', [block])]);
  return Buffer.concat([head, element('18538067', [info, element('1654ae6b', [track]), cluster])]);
}

const number = (value: number): Buffer => Buffer.from([value]);

/** An element of EBML; its size takes four bytes. */
function element(id: string, content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(0x10000000 + body.length);
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}

/** A TrueType font whose `A` is a square, and in which there is nothing else. */
export function font(): Buffer {
  const glyph = words(1, 0, 0, 500, 500, 3, 0, 0x0101, 0x0101, 0, 500, 0, -500, 0, 0, 500, 0);
  const tables: readonly (readonly [tag: string, data: Buffer])[] = [
    [
      'OS/2',
      Buffer.concat([words(0, 600, 400, 5, 0), Buffer.alloc(52), words(0x40, 0x41, 0x41, 800, -200, 0, 800, 200)]),
    ],
    // Format 4: one segment for `A`, and the one that ends the table.
    ['cmap', words(0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, 0x41, 0xffff, 0, 0x41, 0xffff, 1 - 0x41, 1, 0, 0)],
    ['glyf', glyph],
    [
      'head',
      Buffer.concat([
        words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 1000),
        Buffer.alloc(16),
        words(0, 0, 500, 500, 0, 8, 2, 0, 0),
      ]),
    ],
    ['hhea', words(1, 0, 800, -200, 0, 600, 0, 100, 500, 1, 0, 0, 0, 0, 0, 0, 0, 2)],
    ['hmtx', words(600, 0, 600, 0)],
    ['loca', words(0, 0, glyph.length / 2)],
    ['maxp', words(1, 0, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['name', words(0, 0, 6)],
    ['post', Buffer.concat([words(3, 0), Buffer.alloc(28)])],
  ];
  let offset = 12 + tables.length * 16;
  const directory = tables.map(([tag, data]) => {
    const entry = Buffer.alloc(16);
    entry.write(tag, 'latin1');
    entry.writeUInt32BE(checksum(data), 4);
    entry.writeUInt32BE(offset, 8);
    entry.writeUInt32BE(data.length, 12);
    offset += padded(data).length;
    return entry;
  });
  // Ten tables: the search over them begins at eight.
  return Buffer.concat([
    words(1, 0, tables.length, 128, 3, 32),
    ...directory,
    ...tables.map(([, data]) => padded(data)),
  ]);
}

/** Numbers of 16 bits, the more significant byte first. */
function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, at) => bytes.writeUInt16BE(value & 0xffff, at * 2));
  return bytes;
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
}

function checksum(data: Buffer): number {
  const bytes = padded(data);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}
