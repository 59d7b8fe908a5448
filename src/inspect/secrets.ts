import { isSecretName, MASK, maskField, maskTokens, maskUrl } from '../model/secrets.ts';

/** A message as HTTP/1.1 writes it, its target and fields masked; the body stays as it is, but for known tokens. */
export function maskRawHttp(text: string, marked: readonly string[]): string {
  const [head = '', ...body] = text.split(/(\r?\n\r?\n)/);
  const lines = head
    .split(/(\r?\n)/)
    .map((line, at) => (at === 0 ? maskStartLine(line, marked) : maskLine(line, marked)));
  return lines.join('') + maskTokens(body.join(''));
}

function maskStartLine(line: string, marked: readonly string[]): string {
  return line.replace(/^(\S+ )(\S+)/, (_all, method: string, target: string) => method + maskUrl(target, marked));
}

function maskLine(line: string, marked: readonly string[]): string {
  return line.replace(
    /^([^:\s]+)(:[ \t]*)(.+)$/,
    (_all, name: string, colon: string, value: string) => `${name}${colon}${maskField(name, value, marked)}`,
  );
}

/**
 * Any JSON-like value without the secrets in it: members, rows and name-value pairs whose name says so, and tokens that
 * are known by their looks. For exports of what the workbench itself has stored.
 */
export function maskDeep(value: unknown, marked: readonly string[]): unknown {
  if (typeof value === 'string') return maskText(value, marked);
  if (Array.isArray(value))
    return isPair(value) ? maskPair(value, marked) : value.map((item) => maskDeep(item, marked));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, maskMember(value, name, member, marked)]);
  return Object.fromEntries(members);
}

function isPair(value: readonly unknown[]): value is [string, string] {
  return value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string';
}

function maskPair([name, value]: [string, string], marked: readonly string[]): [string, string] {
  return [name, maskField(name, value, marked)];
}

function maskMember(owner: object, name: string, member: unknown, marked: readonly string[]): unknown {
  if (typeof member !== 'string' || member === '') return maskDeep(member, marked);
  // A draft's custom credential, and a cookie as the jar writes it.
  if (name === 'headerValue' || isSecretName(name, marked)) return MASK;
  // What became of a Set-Cookie line.
  if (name === 'line' && 'stored' in owner) return maskField('Set-Cookie', member, marked);
  if (name !== 'value') return maskText(member, marked);
  if ('key' in owner && 'domain' in owner) return MASK;
  return 'name' in owner && typeof owner.name === 'string'
    ? maskField(owner.name, member, marked)
    : maskText(member, marked);
}

/** A text that may be a URL, or the target of a request line, or hold tokens. */
function maskText(text: string, marked: readonly string[]): string {
  return /^(?:[a-z][a-z\d+.-]*:\/\/|\/)/i.test(text) ? maskUrl(text, marked) : maskTokens(text);
}
