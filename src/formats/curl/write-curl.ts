/** A request as it would go out, in the form that every format writes. */
export interface PlainRequest {
  readonly method: string;
  readonly url: string;
  /** In order; without Content-Length. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** null: no body. */
  readonly body: Uint8Array | null;
}

/** What curl sends of itself unless told not to. */
const OWN_FIELDS = ['User-Agent', 'Accept'];

/**
 * A curl command for a POSIX shell that sends this request: target and fields as they are, nothing of curl's own. A body
 * that is no text is piped in as base64.
 */
export function writeCurl({ method, url, headers, body }: PlainRequest): string {
  const text = body === null ? null : asText(body);
  const words = [`curl ${quoted(url)}`];
  if (method === 'HEAD') words.push('--head');
  else if (method !== (body === null ? 'GET' : 'POST')) words.push(`--request ${quoted(method)}`);
  for (const [name, value] of headers) {
    if (isFraming(name)) continue;
    // curl reads `Name;` as a field without a value, and `Name:` as one to leave out.
    words.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const added = body === null ? OWN_FIELDS : [...OWN_FIELDS, 'Content-Type'];
  for (const name of added) if (!named.has(name.toLowerCase())) words.push(`--header ${quoted(`${name}:`)}`);
  if (text !== null) words.push(`--data-raw ${quoted(text)}`);
  else if (body !== null) words.push('--data-binary @-');
  // Neither `..` nor brackets in the URL are curl's to interpret.
  if (/\/\.{1,2}(?:\/|$)/.test(url)) words.push('--path-as-is');
  if (/[[\]{}]/.test(url)) words.push('--globoff');
  // The field goes out as written either way; this makes curl unpack the answer.
  if (named.has('accept-encoding')) words.push('--compressed');
  const command = words.join(' \\\n  ');
  if (body === null || text !== null) return command;
  return `base64 -d <<'END' | ${command}\n${base64Lines(body)}\nEND`;
}

/** curl frames the body itself; `Expect` it adds on its own terms. */
const isFraming = (name: string): boolean => /^(?:content-length|transfer-encoding)$/i.test(name);

/** Within single quotes a shell takes everything as it is. */
function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** null for bytes that an argument cannot hold: NUL, and what is no UTF-8. */
function asText(body: Uint8Array): string | null {
  // `--data-raw ''` sends an empty body.
  if (body.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

function base64Lines(body: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < body.length; at += 57) lines.push(btoa(String.fromCharCode(...body.subarray(at, at + 57))));
  return lines.join('\n');
}
