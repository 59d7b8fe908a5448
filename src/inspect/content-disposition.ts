const PARAMETER = /;\s*([!#$%&'*+\-.^_`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g;
const EXTENDED = /^([\w.:-]+)'[\w-]*'((?:%[\da-f]{2}|[!#$&+\-.^_`|~\w])*)$/i;

/**
 * The file name that a Content-Disposition field gives (RFC 6266): `filename*` before `filename`. The name is as the
 * server wrote it and not yet safe to use.
 */
export function dispositionFileName(field: string | null): string | null {
  const parameters = new Map<string, string>();
  // Without a type (`filename=x` alone), which the grammar wants, servers mean the same.
  for (const [, name = '', quoted, bare = ''] of `;${field ?? ''}`.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted === undefined ? bare : quoted.replaceAll(/\\(.)/g, '$1'));
  }
  const extended = extendedValue(parameters.get('filename*') ?? '');
  const name = extended ?? asWritten(parameters.get('filename') ?? '');
  return name === '' ? null : name;
}

/** `UTF-8''na%C3%AFve.txt` (RFC 8187 section 3.2); null when it is not of that form or its bytes do not decode. */
function extendedValue(value: string): string | null {
  const [, charset = '', encoded] = EXTENDED.exec(value) ?? [];
  if (encoded === undefined) return null;
  const bytes = encoded.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decode(bytes, charset);
}

/** Field values arrive with one character a byte: a name in raw UTF-8 is read as such where that works. */
function asWritten(name: string): string {
  return decode(name, 'utf-8') ?? name;
}

function decode(binary: string, charset: string): string | null {
  if (/[\u0100-\uffff]/.test(binary)) return null;
  try {
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
