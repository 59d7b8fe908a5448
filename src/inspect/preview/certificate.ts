import { oidText, readDer, stringText, timeText, type Asn1 } from './asn1.ts';

/** What an X.509 certificate says (RFC 5280). Nothing is verified. */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: string;
  readonly signature: string;
  /** Names and addresses that it is for. */
  readonly names: readonly string[];
  readonly usage: readonly string[];
  readonly isAuthority: boolean;
  /** SHA-256 of the certificate, hexadecimal with colons. */
  readonly fingerprint: string;
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '0.9.2342.19200300.100.1.25': 'DC',
};
const ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.2.840.113549.1.1.10': 'RSASSA-PSS',
  '1.2.840.113549.1.1.11': 'SHA-256 with RSA',
  '1.2.840.113549.1.1.12': 'SHA-384 with RSA',
  '1.2.840.113549.1.1.13': 'SHA-512 with RSA',
  '1.2.840.10045.2.1': 'EC',
  '1.2.840.10045.4.3.2': 'ECDSA with SHA-256',
  '1.2.840.10045.4.3.3': 'ECDSA with SHA-384',
  '1.2.840.10045.4.3.4': 'ECDSA with SHA-512',
  '1.3.101.110': 'X25519',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
  '1.3.132.0.10': 'secp256k1',
};
const KEY_USAGE = [
  'digital signature',
  'non-repudiation',
  'key encipherment',
  'data encipherment',
  'key agreement',
  'certificate signing',
  'CRL signing',
  'encipher only',
  'decipher only',
];
const EXTENDED: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'server authentication',
  '1.3.6.1.5.5.7.3.2': 'client authentication',
  '1.3.6.1.5.5.7.3.3': 'code signing',
  '1.3.6.1.5.5.7.3.4': 'e-mail protection',
  '1.3.6.1.5.5.7.3.8': 'time stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP signing',
};
const EXTENSION = { names: '2.5.29.17', usage: '2.5.29.15', basic: '2.5.29.19', extended: '2.5.29.37' } as const;

const PEM = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*)-----END/g;

/** The certificates in a PEM file (RFC 7468), or a single one in DER. @throws Error for what is neither */
export async function readCertificates(bytes: Uint8Array): Promise<Certificate[]> {
  if (bytes[0] === 0x30) return [await readCertificate(bytes)];
  const found = [...new TextDecoder().decode(bytes).matchAll(PEM)];
  if (found.length === 0) throw new Error('No certificate is in it');
  return Promise.all(found.map(([, base64 = '']) => readCertificate(fromBase64(base64))));
}

async function readCertificate(der: Uint8Array): Promise<Certificate> {
  const [certificate] = readDer(der);
  const [body, algorithm] = inside(certificate);
  const fields = inside(body);
  // The version is left out by certificates of version 1.
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [serial, , issuer, validity, subject, publicKey] = fields;
  const [from, to] = inside(validity);
  const extensions = extensionsOf(fields.find(({ tag }) => tag === 0xa3));
  const whole = Uint8Array.from(certificate?.whole ?? []);
  return {
    subject: nameText(subject),
    issuer: nameText(issuer),
    serial: hex(serial?.content ?? new Uint8Array(), ''),
    notBefore: from === undefined ? '' : timeText(from),
    notAfter: to === undefined ? '' : timeText(to),
    key: keyText(publicKey),
    signature: algorithmName(inside(algorithm)[0]),
    names: altNames(extensions.get(EXTENSION.names)),
    usage: [...keyUsage(extensions.get(EXTENSION.usage)), ...extendedUsage(extensions.get(EXTENSION.extended))],
    isAuthority: (inside(extensions.get(EXTENSION.basic))[0]?.content[0] ?? 0) !== 0,
    fingerprint: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', whole)), ':'),
  };
}

const inside = (element: Asn1 | undefined): Asn1[] => (element === undefined ? [] : readDer(element.content));

function algorithmName(oid: Asn1 | undefined): string {
  const text = oid === undefined ? '' : oidText(oid.content);
  return ALGORITHMS[text] ?? text;
}

/** The attributes in the order of RFC 4514 turned round, as most tools show them: `C=…, O=…, CN=…`. */
function nameText(name: Asn1 | undefined): string {
  return inside(name)
    .flatMap(inside)
    .map((attribute) => {
      const [type, value] = inside(attribute);
      const oid = type === undefined ? '' : oidText(type.content);
      return `${ATTRIBUTES[oid] ?? oid}=${value === undefined ? '' : stringText(value)}`;
    })
    .join(', ');
}

function keyText(publicKey: Asn1 | undefined): string {
  const [algorithm, bits] = inside(publicKey);
  const [oid, parameters] = inside(algorithm);
  const name = algorithmName(oid);
  if (name === 'RSA' && bits !== undefined) {
    const modulus = inside(readDer(bits.content.subarray(1))[0])[0]?.content ?? new Uint8Array();
    return `RSA, ${(modulus[0] === 0 ? modulus.length - 1 : modulus.length) * 8} bits`;
  }
  return parameters?.tag === 0x06 ? `${name}, ${algorithmName(parameters)}` : name;
}

/** Each extension's value, by its identifier. */
function extensionsOf(field: Asn1 | undefined): Map<string, Asn1> {
  const found = new Map<string, Asn1>();
  for (const extension of inside(inside(field)[0])) {
    const parts = inside(extension);
    const oid = parts[0];
    const value = parts.at(-1);
    const [content] = value === undefined ? [] : readDer(value.content);
    if (oid !== undefined && content !== undefined) found.set(oidText(oid.content), content);
  }
  return found;
}

/** GeneralNames (RFC 5280 section 4.2.1.6). */
function altNames(names: Asn1 | undefined): string[] {
  return inside(names).map(({ tag, content }) => {
    if (tag === 0x87) return addressText(content);
    if (tag === 0x82 || tag === 0x81 || tag === 0x86) return new TextDecoder().decode(content);
    return hex(content, '');
  });
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: bytes.length / 2 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  );
  return groups.join(':');
}

function keyUsage(bits: Asn1 | undefined): string[] {
  const bytes = bits?.content.subarray(1) ?? new Uint8Array();
  return KEY_USAGE.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function extendedUsage(list: Asn1 | undefined): string[] {
  return inside(list).map(({ content }) => EXTENDED[oidText(content)] ?? oidText(content));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0));
}

function hex(bytes: Uint8Array, separator: string): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(separator);
}
