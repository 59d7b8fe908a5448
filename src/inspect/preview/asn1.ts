/** One element of DER (X.690). */
export interface Asn1 {
  /** The identifier octet: class, constructed, number. */
  readonly tag: number;
  readonly content: Uint8Array;
  /** The element with its identifier and length. */
  readonly whole: Uint8Array;
}

/** The elements that stand one after the other. @throws Error for what is no DER */
export function readDer(bytes: Uint8Array): Asn1[] {
  const elements: Asn1[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    const tag = bytes[at++] ?? 0;
    if ((tag & 31) === 31) throw new Error('A tag of more than one octet');
    let length = bytes[at++] ?? 0;
    if (length === 0x80) throw new Error('An indefinite length');
    if (length > 0x80) {
      const octets = length & 127;
      if (octets > 4) throw new Error('A length of more than four octets');
      length = 0;
      for (let left = octets; left > 0; left--) length = length * 256 + (bytes[at++] ?? 0);
    }
    if (at + length > bytes.length) throw new Error('An element that ends behind the data');
    elements.push({ tag, content: bytes.subarray(at, at + length), whole: bytes.subarray(start, at + length) });
    at += length;
  }
  return elements;
}

/** An OBJECT IDENTIFIER's content in dotted form. */
export function oidText(content: Uint8Array): string {
  const numbers: bigint[] = [];
  let value = 0n;
  for (const byte of content) {
    value = (value << 7n) | BigInt(byte & 127);
    if (byte < 128) {
      numbers.push(value);
      value = 0n;
    }
  }
  const first = numbers.shift() ?? 0n;
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...numbers].join('.');
}

/** A string element of any of the kinds that names use. */
export function stringText({ tag, content }: Asn1): string {
  if (tag === 0x1e) return new TextDecoder('utf-16be').decode(content);
  return new TextDecoder(tag === 0x14 ? 'windows-1252' : 'utf-8').decode(content);
}

/** UTCTime or GeneralizedTime as ISO 8601 (RFC 5280 section 4.1.2.5). */
export function timeText({ tag, content }: Asn1): string {
  const text = new TextDecoder().decode(content);
  const digits = tag === 0x17 ? (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text : text;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?/.exec(digits);
  if (!match) return text;
  const [, year, month, day, hour, minute, second = '00'] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
