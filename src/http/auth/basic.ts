/** HTTP Basic (RFC 7617). */
import { unquote } from '../percent.ts';
import type { PreparedRequest } from '../prepared-request.ts';
import { splitUrl, userinfoOf } from '../split-url.ts';
import { AuthBase } from './auth-base.ts';

export type Credential = string | Uint8Array;
export type CredentialEncoding = 'latin1' | 'utf-8';

const LATIN1 = /^[\0-\xff]*$/; // oxlint-disable-line no-control-regex -- Latin-1 holds the control characters
const CHUNK = 0x2000;

function binary(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += CHUNK) out += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return out;
}

/**
 * The value of an Authorization field: `Basic ` and base64 of `username:password`.
 *
 * Text is written in Latin-1, as Requests does; when either part does not fit, or UTF-8 is asked for, both are written
 * in UTF-8 (RFC 7617 §2.1), where Requests raises UnicodeEncodeError. Bytes are taken as they are, numbers as text.
 */
export function basicAuthString(
  username: Credential | number,
  password: Credential | number,
  encoding?: CredentialEncoding,
): string {
  const parts = [username, password].map((part) => (part instanceof Uint8Array ? part : String(part)));
  const fits = parts.every((part) => part instanceof Uint8Array || LATIN1.test(part));
  const utf8 = encoding === 'utf-8' || !fits ? new TextEncoder() : null;
  const octets = parts.map((part) => {
    if (part instanceof Uint8Array) return binary(part);
    return utf8 ? binary(utf8.encode(part)) : part;
  });
  return `Basic ${btoa(octets.join(':'))}`;
}

/**
 * User name and password from a URL's authority, decoded; empty strings unless it has both (`user@` alone has not).
 * @throws RangeError for a URL whose authority has an unpaired bracket.
 */
export function getAuthFromUrl(url: string): [username: string, password: string] {
  const { username, password } = userinfoOf(splitUrl(url));
  return username === null || password === null ? ['', ''] : [unquote(username), unquote(password)];
}

export class HTTPBasicAuth extends AuthBase {
  readonly username: Credential;
  readonly password: Credential;
  readonly encoding: CredentialEncoding | undefined;

  /** @param options `encoding: 'utf-8'` when the challenge says `charset="UTF-8"`. */
  constructor(username: Credential, password: Credential, options: { encoding?: CredentialEncoding } = {}) {
    super();
    this.username = username;
    this.password = password;
    this.encoding = options.encoding;
  }

  override apply(r: PreparedRequest): PreparedRequest {
    r.headers.set('Authorization', this.fieldValue());
    return r;
  }

  protected fieldValue(): string {
    return basicAuthString(this.username, this.password, this.encoding);
  }
}

/** The same for a proxy. Browsers keep Proxy-Authorization to themselves: see `wirePlan`. */
export class HTTPProxyAuth extends HTTPBasicAuth {
  override apply(r: PreparedRequest): PreparedRequest {
    r.headers.set('Proxy-Authorization', this.fieldValue());
    return r;
  }
}
