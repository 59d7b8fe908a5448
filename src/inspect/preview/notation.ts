/**
 * Decoded values in the diagnostic notation of RFC 8949 section 8: JSON, with bytes as `h'…'`, tags as `number(value)`,
 * and numbers that keep what they are. It is written piece by piece, so that nothing is rounded on the way.
 */
const INDENT = '  ';
/** Bytes of one string that are written out. */
const MAX_BYTES = 4096;

export function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MAX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > MAX_BYTES ? `h'${shown}…' / ${bytes.length} bytes /` : `h'${shown}'`;
}

/** A floating-point number, recognisable as one: `1.0`, `1.5e+300`, `NaN`, `-Infinity`. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Items between brackets, one a line. */
export function containerText(open: string, close: string, items: readonly string[], depth: number): string {
  if (items.length === 0) return open + close;
  const inner = INDENT.repeat(depth + 1);
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${INDENT.repeat(depth)}${close}`;
}

/** Why bytes cannot be decoded; `text` is what was understood before. */
export class DecodeError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(`${message} at byte ${offset}`);
    this.name = 'DecodeError';
    this.offset = offset;
  }
}

/** Reads bytes from left to right. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at = 0;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** @throws DecodeError when there are fewer */
  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new DecodeError('The data ends too early', this.bytes.length);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  /** A big-endian unsigned number of 1, 2, 4 or 8 bytes. */
  unsigned(size: number): bigint {
    return this.take(size).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  }

  signed(size: number): bigint {
    return BigInt.asIntN(size * 8, this.unsigned(size));
  }

  /** IEEE 754, big-endian. */
  float(size: 4 | 8): number {
    this.take(size);
    return size === 4 ? this.view.getFloat32(this.at - 4) : this.view.getFloat64(this.at - 8);
  }

  text(length: number): string {
    const bytes = this.take(length);
    try {
      return JSON.stringify(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    } catch {
      return `${bytesText(bytes)} / not UTF-8 /`;
    }
  }
}
