import { ByteReader, bytesText, containerText, DecodeError, floatText } from './notation.ts';

const MAX_DEPTH = 500;

/**
 * MessagePack (its specification of 2013) in the notation that CBOR is shown in; several values one after the other.
 * 64-bit integers, bytes, keys that are no strings and extension types are kept; timestamps (type -1) are explained.
 * @throws DecodeError
 */
export function msgpackText(bytes: Uint8Array): string {
  const reader = new ByteReader(bytes);
  const items: string[] = [];
  while (!reader.done) items.push(value(reader, 0));
  return items.join('\n');
}

function value(reader: ByteReader, depth: number): string {
  if (depth > MAX_DEPTH) throw new DecodeError(`More than ${MAX_DEPTH} levels`, reader.at);
  const type = reader.byte();
  if (type <= 0x7f) return String(type);
  if (type <= 0x8f) return map(reader, type & 15, depth);
  if (type <= 0x9f) return list(reader, type & 15, depth);
  if (type <= 0xbf) return reader.text(type & 31);
  if (type >= 0xe0) return String(type - 256);
  const size = (base: number): number => Number(reader.unsigned(2 ** (type - base)));
  switch (type) {
    case 0xc0:
      return 'null';
    case 0xc2:
      return 'false';
    case 0xc3:
      return 'true';
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return bytesText(reader.take(size(0xc4)));
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return extension(reader, size(0xc7));
    case 0xca:
      return floatText(reader.float(4));
    case 0xcb:
      return floatText(reader.float(8));
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
      return String(reader.unsigned(2 ** (type - 0xcc)));
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
      return String(reader.signed(2 ** (type - 0xd0)));
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return extension(reader, 2 ** (type - 0xd4));
    case 0xd9:
    case 0xda:
    case 0xdb:
      return reader.text(size(0xd9));
    case 0xdc:
    case 0xdd:
      return list(reader, Number(reader.unsigned(type === 0xdc ? 2 : 4)), depth);
    case 0xde:
    case 0xdf:
      return map(reader, Number(reader.unsigned(type === 0xde ? 2 : 4)), depth);
    default:
      throw new DecodeError('A type that is never used (0xc1)', reader.at - 1);
  }
}

function list(reader: ByteReader, length: number, depth: number): string {
  const items: string[] = [];
  for (let at = 0; at < length; at++) items.push(value(reader, depth + 1));
  return containerText('[', ']', items, depth);
}

function map(reader: ByteReader, length: number, depth: number): string {
  const items: string[] = [];
  for (let at = 0; at < length; at++) items.push(`${value(reader, depth + 1)}: ${value(reader, depth + 1)}`);
  return containerText('{', '}', items, depth);
}

function extension(reader: ByteReader, length: number): string {
  const type = Number(reader.signed(1));
  const bytes = reader.take(length);
  const text = `ext(${type}, ${bytesText(bytes)})`;
  const time = type === -1 ? timestamp(bytes) : null;
  return time === null ? text : `${text} / ${time} /`;
}

function timestamp(bytes: Uint8Array): string | null {
  const reader = new ByteReader(bytes);
  if (bytes.length === 4) return moment(reader.unsigned(4), 0n);
  if (bytes.length === 8) {
    const both = reader.unsigned(8);
    return moment(both & 0x3_ffff_ffffn, both >> 34n);
  }
  if (bytes.length !== 12) return null;
  const nanoseconds = reader.unsigned(4);
  return moment(reader.signed(8), nanoseconds);
}

function moment(seconds: bigint, nanoseconds: bigint): string | null {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return date.toISOString().replace(/\.\d+Z$/, nanoseconds === 0n ? 'Z' : `.${String(nanoseconds).padStart(9, '0')}Z`);
}
