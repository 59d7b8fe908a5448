export interface CookiePair {
  readonly name: string;
  readonly value: string;
}

export interface SetCookie extends CookiePair {
  /** Attributes in order, names as the standard writes them where it knows them; a flag's value is null. */
  readonly attributes: readonly { readonly name: string; readonly value: string | null }[];
}

const KNOWN = ['Domain', 'Path', 'Expires', 'Max-Age', 'Secure', 'HttpOnly', 'SameSite', 'Partitioned', 'Priority'];
const PROPER = new Map(KNOWN.map((name) => [name.toLowerCase(), name]));

/** The pairs of a Cookie field (RFC 6265 section 4.2), as they stand. A piece without `=` is a value without a name. */
export function parseCookieField(field: string): CookiePair[] {
  return field
    .split(';')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map(pairOf);
}

/** A Set-Cookie line (RFC 6265 section 5.2) for people to read: what a jar makes of it is another matter. */
export function parseSetCookie(line: string): SetCookie {
  const [first = '', ...rest] = line.split(';');
  return {
    ...pairOf(first.trim()),
    attributes: rest
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '')
      .map((piece) => {
        const equals = piece.indexOf('=');
        const name = (equals < 0 ? piece : piece.slice(0, equals)).trim();
        return {
          name: PROPER.get(name.toLowerCase()) ?? name,
          value: equals < 0 ? null : piece.slice(equals + 1).trim(),
        };
      }),
  };
}

/** The last attribute of that name counts (RFC 6265 section 5.3). */
export function cookieAttribute(cookie: SetCookie, name: string): { readonly value: string | null } | undefined {
  return cookie.attributes.findLast((attribute) => attribute.name.toLowerCase() === name.toLowerCase());
}

function pairOf(piece: string): CookiePair {
  const equals = piece.indexOf('=');
  if (equals < 0) return { name: '', value: piece };
  return { name: piece.slice(0, equals).trim(), value: piece.slice(equals + 1).trim() };
}
