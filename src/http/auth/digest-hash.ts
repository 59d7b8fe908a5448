/** The hash functions of Digest and its formulae (RFC 7616 §3.4, RFC 2069 §2.1.2). */
import { md5 } from '@noble/hashes/legacy.js';
import { sha512_256 } from '@noble/hashes/sha2.js';

/** Hexadecimal, in lower case. */
type Hash = (data: string | Uint8Array) => Promise<string>;

export interface Algorithm {
  hash: Hash;
  /** The password's hash is bound to nonce and cnonce. */
  session: boolean;
  /** The higher the stronger: which of several challenges is answered. */
  strength: number;
}

// WebCrypto knows neither MD5 nor SHA-512 with the starting values of SHA-512/256.
const HASHES: readonly (readonly [name: string, digest: (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>])[] = [
  ['MD5', async (data) => md5(data)],
  ['SHA', webCrypto('SHA-1')],
  ['SHA-256', webCrypto('SHA-256')],
  ['SHA-512-256', async (data) => sha512_256(data)],
  ['SHA-512', webCrypto('SHA-512')],
];

/** Algorithm of that name, case aside; undefined when it is not known. No name means MD5. */
export function algorithmOf(name: string | null | undefined): Algorithm | undefined {
  const upper = (name ?? 'MD5').toUpperCase();
  const session = upper.endsWith('-SESS');
  const base = session ? upper.slice(0, -'-SESS'.length) : upper;
  const strength = HASHES.findIndex(([known]) => known === base);
  const digest = HASHES[strength]?.[1];
  return digest === undefined
    ? undefined
    : { hash: async (data) => hex(await digest(bytesOf(data))), session, strength };
}

export interface DigestInput {
  algorithm: Algorithm;
  username: string | Uint8Array;
  password: string | Uint8Array;
  realm: string;
  nonce: string;
  cnonce: string;
  /** Eight hexadecimal digits. */
  nc: string;
  /** Null: the form of RFC 2069. */
  qop: 'auth' | 'auth-int' | null;
  method: string;
  uri: string;
  /** Counts for `auth-int` only. */
  body: Uint8Array;
}

/** The `response` parameter. */
export async function digestResponse(input: DigestInput): Promise<string> {
  const { algorithm, realm, nonce, cnonce, nc, qop, method, uri } = input;
  const { hash } = algorithm;
  let ha1 = await hash(joined([input.username, realm, input.password]));
  if (algorithm.session) ha1 = await hash(`${ha1}:${nonce}:${cnonce}`);
  const entity = qop === 'auth-int' ? `:${await hash(input.body)}` : '';
  const ha2 = await hash(`${method}:${uri}${entity}`);
  return hash(qop === null ? `${ha1}:${nonce}:${ha2}` : `${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`);
}

/** RFC 7616 §3.4.4: the user's name, hidden. */
export async function hashedUsername(
  { hash }: Algorithm,
  username: string | Uint8Array,
  realm: string,
): Promise<string> {
  return hash(joined([username, realm]));
}

function webCrypto(name: string): (data: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> {
  return async (data) => new Uint8Array(await crypto.subtle.digest(name, data));
}

/** Text counts as UTF-8. */
function bytesOf(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
}

function joined(parts: readonly (string | Uint8Array)[]): Uint8Array {
  const pieces = parts.flatMap((part, i) => (i === 0 ? [bytesOf(part)] : [bytesOf(':'), bytesOf(part)]));
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
