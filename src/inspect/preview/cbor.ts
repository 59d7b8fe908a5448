import { ByteReader, bytesText, containerText, DecodeError, floatText } from './notation.ts';

/** Deeper data is not read: the stack has an end. */
const MAX_DEPTH = 500;
const BREAK = Symbol('break');
const SIMPLE: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' };

/**
 * CBOR (RFC 8949) as diagnostic notation; a sequence (RFC 8742) one item after the other. Integers of any size, tags,
 * byte strings and items of indefinite length are kept.
 * @throws DecodeError
 */
export function cborText(bytes: Uint8Array): string {
  const reader = new ByteReader(bytes);
  const items: string[] = [];
  while (!reader.done) items.push(value(reader, 0));
  return items.join('\n');
}

function value(reader: ByteReader, depth: number): string {
  const item = itemOrBreak(reader, depth);
  if (item === BREAK) throw new DecodeError('A break outside of an indefinite item', reader.at - 1);
  return item;
}

function itemOrBreak(reader: ByteReader, depth: number): string | typeof BREAK {
  if (depth > MAX_DEPTH) throw new DecodeError(`More than ${MAX_DEPTH} levels`, reader.at);
  const first = reader.byte();
  const major = first >> 5;
  const info = first & 31;
  if (major === 7) return simple(reader, info);
  const argument = info === 31 ? null : argumentOf(reader, info);
  switch (major) {
    case 0:
      return String(required(argument, reader));
    case 1:
      return String(-1n - required(argument, reader));
    case 2:
    case 3:
      return argument === null ? chunks(reader, major, depth) : string(reader, major, argument);
    case 4:
      return list(reader, argument, depth);
    case 5:
      return map(reader, argument, depth);
    default:
      return tagged(required(argument, reader), reader, depth);
  }
}

function argumentOf(reader: ByteReader, info: number): bigint {
  if (info < 24) return BigInt(info);
  if (info > 27) throw new DecodeError('A reserved length', reader.at - 1);
  return reader.unsigned(2 ** (info - 24));
}

function required(argument: bigint | null, reader: ByteReader): bigint {
  if (argument === null) throw new DecodeError('An indefinite length where none may be', reader.at - 1);
  return argument;
}

function simple(reader: ByteReader, info: number): string | typeof BREAK {
  if (info === 31) return BREAK;
  if (info === 24) return `simple(${reader.byte()})`;
  if (info === 25) return floatText(half(Number(reader.unsigned(2))));
  if (info === 26) return floatText(reader.float(4));
  if (info === 27) return floatText(reader.float(8));
  if (info > 27) throw new DecodeError('A reserved simple value', reader.at - 1);
  return SIMPLE[info] ?? `simple(${info})`;
}

/** A half-precision number (RFC 8949 appendix D). */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Infinity : NaN;
  return sign * (mantissa + 1024) * 2 ** (exponent - 25);
}

function string(reader: ByteReader, major: number, length: bigint): string {
  const size = Number(length);
  return major === 2 ? bytesText(reader.take(size)) : reader.text(size);
}

function chunks(reader: ByteReader, major: number, depth: number): string {
  const parts: string[] = [];
  for (let part = itemOrBreak(reader, depth + 1); part !== BREAK; part = itemOrBreak(reader, depth + 1))
    parts.push(part);
  return parts.length === 0 ? (major === 2 ? "''_" : '""_') : `(_ ${parts.join(', ')})`;
}

function list(reader: ByteReader, length: bigint | null, depth: number): string {
  const items: string[] = [];
  for (let left = length; left === null || left > 0n; left = left === null ? null : left - 1n) {
    const item = itemOrBreak(reader, depth + 1);
    if (item === BREAK) {
      if (length === null) break;
      throw new DecodeError('A break in a list of known length', reader.at - 1);
    }
    items.push(item);
  }
  return containerText(length === null ? '[_ ' : '[', ']', items, depth);
}

function map(reader: ByteReader, length: bigint | null, depth: number): string {
  const items: string[] = [];
  for (let left = length; left === null || left > 0n; left = left === null ? null : left - 1n) {
    const key = itemOrBreak(reader, depth + 1);
    if (key === BREAK) {
      if (length === null) break;
      throw new DecodeError('A break in a map of known length', reader.at - 1);
    }
    items.push(`${key}: ${value(reader, depth + 1)}`);
  }
  return containerText(length === null ? '{_ ' : '{', '}', items, depth);
}

function tagged(tag: bigint, reader: ByteReader, depth: number): string {
  const start = reader.at;
  const content = value(reader, depth + 1);
  // Bignums (RFC 8949 section 3.4.3) are written as the numbers that they are, as the notation allows.
  const hex = /^h'([\da-f]+)'$/.exec(content)?.[1];
  if ((tag === 2n || tag === 3n) && hex !== undefined && reader.at > start) {
    const number = BigInt(`0x${hex}`);
    return `${tag}(${content}) / ${tag === 2n ? number : -1n - number} /`;
  }
  return `${tag}(${content})`;
}
