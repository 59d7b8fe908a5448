/**
 * What counts as a secret, and how it is hidden. These are pure rules about data; they stand in `model` because storage,
 * inspect and the panel all need the same ones and have no other layer in common.
 */

/** Header fields whose values are credentials, in lower case (RFC 9110 11.6.2, 11.7.2; RFC 6265 4; common API keys). */
const secretFields: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'authentication-info',
  'proxy-authentication-info',
]);

/** Words that make a field, parameter or member a secret wherever they stand in its name. */
const secretWords =
  /(?:^|[^a-z])(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api-?key|access-?key|private-?key|session-?id|sid|jwt|csrf|xsrf|credentials?|signature|otp|pin)(?:$|[^a-z])/;

/** Tokens that tell by their looks what they are, whatever name they stand under. */
const tokenPatterns: readonly RegExp[] = [
  // JSON Web Token (RFC 7519): the first two parts start with the base64url of `{"`.
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g,
  // Credentials after their scheme (RFC 9110 11.4), where text quotes a field.
  /\b(?:Basic|Bearer)\s+[\w.~+/-]{8,}=*/gi,
  // GitHub, GitLab, Slack, Stripe, npm, AWS key ids, Google API keys.
  /\bgh[pousr]_\w{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\b[rsp]k_(?:live|test)_\w{10,}/g,
  /\bnpm_\w{30,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  // Private keys (RFC 7468).
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** What stands where a secret was. */
export const MASK = '••••••';

/** Whether a header field, query parameter or JSON member of that name holds a secret. `marked`: more names, any case. */
export function isSecretName(name: string, marked: readonly string[] = []): boolean {
  const lower = name.toLowerCase();
  if (secretFields.has(lower) || marked.some((other) => other.toLowerCase() === lower)) return true;
  // What CORS allows is no credential, though a name of it speaks of them (Fetch 3.3.3).
  if (lower.startsWith('access-control-')) return false;
  // camelCase and snake_case are told apart into words first: `accessToken`, `x_api_key`.
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return secretWords.test(words.replaceAll('_', '-'));
}

/** The text with every token that is known by its looks masked. */
export function maskTokens(text: string): string {
  return tokenPatterns.reduce((masked, pattern) => masked.replaceAll(pattern, MASK), text);
}

/** A text in which URLs and tokens may stand, as an error's message: both without what is secret in them. */
export function maskText(text: string, marked: readonly string[] = []): string {
  return maskTokens(text.replaceAll(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]+/gi, (url) => maskUrl(url, marked)));
}

/**
 * A URL (or any reference) without what is secret in it: its password, and the values of secret parameters in query and
 * fragment. Everything else stays, character for character.
 */
export function maskUrl(url: string, marked: readonly string[] = []): string {
  const withoutUser = url.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, `$1${MASK}@`);
  const at = withoutUser.search(/[?#]/);
  if (at < 0) return maskTokens(withoutUser);
  const pairs = withoutUser
    .slice(at)
    .replaceAll(/([?#&;])([^=&;#]+)=([^&;#]*)/g, (pair, mark: string, name: string, value: string) =>
      value !== '' && isSecretName(decoded(name), marked) ? `${mark}${name}=${MASK}` : pair,
    );
  return maskTokens(withoutUser.slice(0, at) + pairs);
}

/** A header field's value as it may be shown, copied or searched. */
export function maskField(name: string, value: string, marked: readonly string[] = []): string {
  if (value === '') return value;
  if (isSecretName(name, marked)) return maskCredentials(name, value);
  return maskUrl(value, marked);
}

/** Hides a credential and leaves what helps to recognise it: the scheme, the cookies' names, a cookie's attributes. */
function maskCredentials(name: string, value: string): string {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization':
      return value.replace(/^(\S+)\s+[\s\S]+$|^[\s\S]+$/, (_all, scheme: string | undefined) =>
        scheme === undefined ? MASK : `${scheme} ${MASK}`,
      );
    case 'cookie':
      return value.replaceAll(/([^;=]*=)[^;]*/g, `$1${MASK}`).replaceAll(/(^|;\s*)[^;=]+(?=;|$)/g, `$1${MASK}`);
    case 'set-cookie':
      return value
        .split('\n')
        .map((line) => line.replace(/^([^;=]*=)?[^;]*/, `$1${MASK}`))
        .join('\n');
    default:
      return MASK;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
