import { ByteReader, bytesText, DecodeError, floatText } from './notation.ts';

const MAX_DEPTH = 40;
const INDENT = '  ';

/**
 * Protocol Buffers without their schema: the fields of the wire format, one a line, with every reading that the bytes
 * allow. A length-delimited field is shown as a message when it is one, else as text, else as bytes.
 * @throws DecodeError
 */
export function protobufText(bytes: Uint8Array): string {
  return fields(bytes, 0).join('\n');
}

function fields(bytes: Uint8Array, depth: number): string[] {
  const reader = new ByteReader(bytes);
  const lines: string[] = [];
  const open: bigint[] = [];
  const add = (text: string): void => void lines.push(INDENT.repeat(depth + open.length) + text);
  while (!reader.done) {
    const start = reader.at;
    const key = varint(reader);
    const number = key >> 3n;
    if (number === 0n) throw new DecodeError('A field without a number', start);
    switch (Number(key & 7n)) {
      case 0:
        add(`${number}: ${varintReadings(varint(reader))}`);
        break;
      case 1: {
        const value = littleEndian(reader.take(8));
        add(`${number}: ${value} / fixed64, ${floatText(asFloat(value, 8))} as a double /`);
        break;
      }
      case 2:
        delimited(reader.take(Number(varint(reader))), depth + open.length, number, lines);
        break;
      case 3:
        add(`${number}: {`);
        open.push(number);
        break;
      case 4:
        if (open.pop() !== number) throw new DecodeError('A group ends that did not begin', start);
        add('}');
        break;
      case 5: {
        const value = littleEndian(reader.take(4));
        add(`${number}: ${value} / fixed32, ${floatText(asFloat(value, 4))} as a float /`);
        break;
      }
      default:
        throw new DecodeError('A wire type that there is not', start);
    }
  }
  if (open.length > 0) throw new DecodeError('A group does not end', reader.at);
  return lines;
}

function delimited(bytes: Uint8Array, depth: number, number: bigint, lines: string[]): void {
  const indent = INDENT.repeat(depth);
  const text = asText(bytes);
  const isReadable = text !== null && !bytes.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
  const inner = isReadable || depth >= MAX_DEPTH ? null : asMessage(bytes, depth + 1);
  if (inner !== null) lines.push(`${indent}${number}: {`, ...inner, `${indent}}`);
  else lines.push(`${indent}${number}: ${text === null ? bytesText(bytes) : JSON.stringify(text)}`);
}

function asMessage(bytes: Uint8Array, depth: number): string[] | null {
  try {
    return fields(bytes, depth);
  } catch {
    return null;
  }
}

function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function varint(reader: ByteReader): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = reader.byte();
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return BigInt.asUintN(64, value);
  }
  throw new DecodeError('A number of more than ten bytes', reader.at);
}

/** As sint it is zigzag, as int it may be negative. */
function varintReadings(value: bigint): string {
  const signed = BigInt.asIntN(64, value);
  const zigzag = (value >> 1n) ^ -(value & 1n);
  return `${value} / ${signed === value ? '' : `int ${signed}, `}sint ${zigzag} /`;
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function asFloat(value: bigint, size: 4 | 8): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, size === 8 ? value : value << 32n);
  return size === 8 ? view.getFloat64(0) : view.getFloat32(0);
}
