import { CookieJar } from '../cookies.ts';
import { UnrewindableBodyError } from '../errors.ts';
import type { PreparedRequest } from '../prepared-request.ts';
import type { Response } from '../response.ts';
import { joinBytes } from '../response-body.ts';
import { splitUrl } from '../split-url.ts';
import type { Body, SendOptions } from '../types.ts';
import { AuthBase } from './auth-base.ts';
import { parseChallenges, quote } from './challenges.ts';
import { algorithmOf, digestResponse, hashedUsername } from './digest-hash.ts';

/** A challenge's parameters by name in lower case. */
export type DigestChallenge = Readonly<Record<string, string | null>>;

export interface DigestOptions {
  /** Gives the client nonce; default 16 random hexadecimal digits. */
  cnonce?: () => string;
}

/** How many nonces are counted at most: servers may hand out a new one with every answer. */
const NONCES_KEPT = 64;

/** What one request and the redirects that come of it have been through. */
interface Round {
  /** Requests' `num_401_calls`: from 2 on no challenge is answered. */
  calls: number;
  sentBare: boolean;
}

/**
 * HTTP Digest (RFC 7616, and RFC 2069 where the challenge has no qop). Answers a challenge once per hop, and from then
 * on signs requests to that origin at once. Beyond Requests: SHA-512/256, every `-sess`, `auth-int`, `userhash`,
 * several challenges at a time; and a nonce is never shown to another origin.
 */
export class HTTPDigestAuth extends AuthBase {
  readonly username: string | Uint8Array;
  readonly password: string | Uint8Array;
  readonly #cnonce: () => string;
  /** The challenge last answered, by origin. */
  readonly #answered = new Map<string, DigestChallenge>();
  /** How often each nonce was used (`nc`). */
  readonly #uses = new Map<string, number>();

  constructor(username: string | Uint8Array, password: string | Uint8Array, options: DigestOptions = {}) {
    super();
    this.username = username;
    this.password = password;
    this.#cnonce = options.cnonce ?? randomCnonce;
  }

  /** Signs at once where the origin's nonce is known, and stands ready for a challenge. */
  async apply(r: PreparedRequest): Promise<PreparedRequest> {
    const challenge = this.#answered.get(originOf(r.url));
    if (challenge !== undefined) await this.#sign(r, challenge);
    const round: Round = { calls: 1, sentBare: false };
    r.registerHook('response', async (response, send) => this.#onResponse(round, response, send));
    return r;
  }

  /**
   * The value of Authorization, in Requests' order of parameters; null for a challenge that cannot be answered
   * (unknown algorithm or qop, no realm, no nonce). Counts as a use of the nonce.
   * @param body What `auth-int` covers; default empty.
   */
  async buildDigestHeader(
    challenge: DigestChallenge,
    method: string,
    url: string,
    body: Uint8Array = new Uint8Array(),
  ): Promise<string | null> {
    const { realm, nonce, opaque } = challenge;
    const algorithm = algorithmOf(challenge['algorithm']);
    const qop = chooseQop(challenge['qop']);
    if (typeof realm !== 'string' || typeof nonce !== 'string' || algorithm === undefined || qop === undefined)
      return null;
    const uri = digestUri(url);
    const nc = this.#count(nonce).toString(16).padStart(8, '0');
    const cnonce = this.#cnonce();
    const { username, password } = this;
    const secret = { algorithm, username, password, realm, nonce };
    const response = await digestResponse({ ...secret, cnonce, nc, qop, method, uri, body });
    const userhash = challenge['userhash']?.toLowerCase() === 'true';
    const name = userhash
      ? `username=${quote(await hashedUsername(algorithm, username, realm))}`
      : usernameParam(username);
    const parts = [name, `realm=${quote(realm)}`, `nonce=${quote(nonce)}`, `uri="${uri}"`, `response="${response}"`];
    if (opaque) parts.push(`opaque=${quote(opaque)}`);
    if (challenge['algorithm']) parts.push(`algorithm=${quote(challenge['algorithm'])}`);
    if (qop !== null) parts.push(`qop="${qop}"`, `nc=${nc}`, `cnonce=${quote(cnonce)}`);
    if (userhash) parts.push('userhash=true');
    return `Digest ${parts.join(', ')}`;
  }

  async #onResponse(round: Round, response: Response, send: SendOptions): Promise<Response> {
    if (response.isRedirect) round.calls = 1;
    const challenge = response.status >= 400 && response.status < 500 ? strongest(response) : null;
    if (challenge === null || round.calls >= 2) {
      round.calls = 1;
      return response;
    }
    round.calls += 1;
    const { request } = response;
    if (request.body.kind === 'stream' && !request.body.rewindable)
      throw new UnrewindableBodyError('The body is a stream and cannot be read again to answer a challenge', {
        request,
        response,
      });
    // The connection is free for the answer once this body is read.
    await response.content();
    const again = request.copy();
    again.jar ??= new CookieJar();
    response.extractCookies(again.jar);
    again.prepareCookies(again.jar);
    const bare = isBareCase(challenge, request) && !round.sentBare;
    if (bare) {
      round.sentBare = true;
      round.calls = 1;
      again.headers.delete('Authorization');
    } else {
      await this.#sign(again, challenge);
    }
    send.scope?.emit({ type: 'auth', scheme: 'Digest', realm: challenge['realm'] ?? null });
    send.scope?.expect('auth');
    const answer = await response.connection.send(again, send);
    answer.history = [...response.history, response];
    if (bare) return this.#onResponse(round, answer, send);
    if (answer.isRedirect) round.calls = 1;
    return answer;
  }

  /** An unanswerable challenge leaves the request without the field, and is met again: so does Requests. */
  async #sign(r: PreparedRequest, challenge: DigestChallenge): Promise<void> {
    const body = chooseQop(challenge['qop']) === 'auth-int' ? await bodyBytes(r.body) : new Uint8Array();
    const value = await this.buildDigestHeader(challenge, r.method, r.url, body);
    if (value === null) {
      r.headers.delete('Authorization');
      return;
    }
    r.headers.set('Authorization', value);
    this.#answered.set(originOf(r.url), challenge);
  }

  #count(nonce: string): number {
    const uses = (this.#uses.get(nonce) ?? 0) + 1;
    this.#uses.delete(nonce);
    this.#uses.set(nonce, uses);
    for (const oldest of this.#uses.keys()) {
      if (this.#uses.size <= NONCES_KEPT) break;
      this.#uses.delete(oldest);
    }
    return uses;
  }
}

/** The Digest challenge with the strongest algorithm; among equals, and where none is known, the first. */
function strongest(response: Response): DigestChallenge | null {
  const lines = response.rawHeaders.filter(([name]) => name.toLowerCase() === 'www-authenticate');
  const digests = parseChallenges(lines.map(([, value]) => value))
    .filter(
      ({ scheme, params }) => scheme.toLowerCase() === 'digest' && params['realm'] != null && params['nonce'] != null,
    )
    .map(({ params }) => params);
  const rank = (params: DigestChallenge): number =>
    chooseQop(params['qop']) === undefined ? -1 : (algorithmOf(params['algorithm'])?.strength ?? -1);
  return digests.reduce<DigestChallenge | null>(
    (best, params) => (best === null || rank(params) > rank(best) ? params : best),
    null,
  );
}

/** `auth` before `auth-int`; null without any qop; undefined when only unknown ones are offered. */
function chooseQop(offered: string | null | undefined): 'auth' | 'auth-int' | null | undefined {
  if (offered === undefined || offered === null || offered === '') return null;
  const choices = offered.split(',').map((choice) => choice.trim());
  if (choices.includes('auth')) return 'auth';
  return choices.includes('auth-int') ? 'auth-int' : undefined;
}

/**
 * Requests cannot compute `auth-int`: it sends the request again without a signature. That is kept, once, for a
 * challenge of RFC 2617's kind (no algorithm) to a request that has no body to protect; then it is answered.
 */
function isBareCase(challenge: DigestChallenge, request: PreparedRequest): boolean {
  const old = challenge['algorithm'] === undefined && request.body.kind === 'none';
  return old && chooseQop(challenge['qop']) === 'auth-int';
}

/** Path and query as `urlparse` has them: parameters of the last segment (`;p=1`) are left out, as in Requests. */
function digestUri(url: string): string {
  const { path, query } = splitUrl(url);
  const semicolon = path.indexOf(';', path.lastIndexOf('/') + 1);
  const bare = semicolon === -1 ? path : path.slice(0, semicolon);
  return (bare || '/') + (query && `?${query}`);
}

function usernameParam(username: string | Uint8Array): string {
  const text = typeof username === 'string' ? username : String.fromCharCode(...username);
  // RFC 7616 §3.4: what a quoted string cannot hold goes into `username*` (RFC 8187).
  // oxlint-disable-next-line no-control-regex -- Latin-1 is what a header field can hold
  if (/[^\x00-\xff]/.test(text)) return `username*=UTF-8''${encodeURIComponent(text).replace(/['()*]/g, percent)}`;
  return `username=${quote(text)}`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

async function bodyBytes(body: Body): Promise<Uint8Array> {
  switch (body.kind) {
    case 'none':
      return new Uint8Array();
    case 'bytes':
      return body.bytes;
    case 'blob':
      return new Uint8Array(await body.blob.arrayBuffer());
    case 'stream': {
      const pieces: Uint8Array[] = [];
      for await (const piece of body.open()) pieces.push(piece);
      return joinBytes(pieces);
    }
  }
}

function randomCnonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
