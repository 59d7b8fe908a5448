import { crc32, deflateRawSync } from 'node:zlib';

/** 1 January 1980, the earliest date of the format: an archive must not depend on when it was made. */
const fixedDate = { time: 0, day: 0x0021 };
/** Version 2.0: the first that knows deflate. */
const version = 20;
const deflated = 8;
const utf8Names = 0x0800;

/**
 * A zip archive (APPNOTE 6.3.9) that is the same bytes for the same files, whatever order they come in.
 * @param {ReadonlyMap<string, Uint8Array>} files contents by name, with `/` between folders
 * @returns {Buffer}
 */
export function zip(files) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const nameBytes = Buffer.from(name);
    const packed = deflateRawSync(content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(version, 0);
    common.writeUInt16LE(utf8Names, 2);
    common.writeUInt16LE(deflated, 4);
    common.writeUInt16LE(fixedDate.time, 6);
    common.writeUInt16LE(fixedDate.day, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, nameBytes, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    const madeBy = Buffer.alloc(2);
    madeBy.writeUInt16LE(version);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), madeBy, common, entry, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}
