/** Claims that are times (RFC 7519 section 4.1), and what they mean. */
const TIMES = { iat: 'issued', nbf: 'not before', exp: 'expires' } as const;

export interface Jwt {
  readonly header: string;
  readonly payload: string;
  /** Claims that are times, each in words; `exp` says whether it is past. */
  readonly times: readonly string[];
  /** Base64url; empty for an unsigned token. */
  readonly signature: string;
}

/**
 * A JSON Web Token (RFC 7519, compact serialization), decoded. Nothing is verified.
 * @param now milliseconds since the epoch
 * @returns null for what is none
 */
export function readJwt(text: string, now: number): Jwt | null {
  const parts = text.trim().split('.');
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) return null;
  const head = decode(header);
  const claims = decode(payload);
  if (head === null || claims === null) return null;
  return { header: head, payload: claims, times: timesOf(claims, now), signature };
}

function decode(part: string): string | null {
  if (!/^[\w-]+$/.test(part)) return null;
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function timesOf(claims: string, now: number): string[] {
  return Object.entries(TIMES).flatMap(([name, words]) => {
    // Read from the text: the claims themselves are never made JavaScript values.
    const seconds = new RegExp(`"${name}"\\s*:\\s*(\\d{1,12}(?:\\.\\d+)?)`).exec(claims)?.[1];
    if (seconds === undefined) return [];
    const date = new Date(Number(seconds) * 1000);
    if (Number.isNaN(date.getTime())) return [];
    const isPast = name === 'exp' && date.getTime() < now;
    return [`${name}: ${words} ${date.toISOString()}${isPast ? ' (past)' : ''}`];
  });
}
