import type { StreamDecoder } from './text-encoding.ts';

const BOM = 0xfeff;

function character(code: number): string {
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
}

/**
 * UTF-32, which no platform decodes. Without a byte order in the name the byte order mark tells it, and is dropped;
 * without either it is little-endian.
 */
export class Utf32Decoder implements StreamDecoder {
  #littleEndian: boolean | null;
  #held: number[] = [];

  constructor(order: string | undefined) {
    this.#littleEndian = order === undefined ? null : order === 'le';
  }

  decode(bytes: Uint8Array): string {
    let out = '';
    for (const byte of bytes) {
      if (this.#held.push(byte) < 4) continue;
      const view = new DataView(Uint8Array.from(this.#held).buffer);
      this.#held = [];
      if (this.#littleEndian === null) {
        this.#littleEndian = view.getUint32(0) !== BOM;
        if (view.getUint32(0, this.#littleEndian) === BOM) continue;
      }
      out += character(view.getUint32(0, this.#littleEndian));
    }
    return out;
  }

  flush(): string {
    return this.#held.length > 0 ? '\ufffd' : '';
  }
}
