export interface MediaType {
  /** Lower case, without parameters: `text/html`. */
  readonly essence: string;
  readonly type: string;
  readonly subtype: string;
  /** Names in lower case; of a name given twice the last one counts, as in Requests. */
  readonly parameters: ReadonlyMap<string, string>;
}

const ESSENCE = /^[ \t]*([!#$%&'*+\-.^_`|~\w]+)\/([!#$%&'*+\-.^_`|~\w]+)[ \t]*(?:;|$)/;
const PARAMETER = /;[ \t]*([!#$%&'*+\-.^_`|~\w]+)=(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g;

/**
 * Reads a Content-Type field (RFC 9110 section 8.3.1), leniently: parameters without `=` are passed over.
 * @returns null for null and for what has no `type/subtype`
 */
export function parseMediaType(field: string | null): MediaType | null {
  const match = ESSENCE.exec(field ?? '');
  if (!match || field === null) return null;
  const type = (match[1] ?? '').toLowerCase();
  const subtype = (match[2] ?? '').toLowerCase();
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of field.matchAll(PARAMETER)) {
    const value = quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(.)/g, '$1');
    parameters.set(name.toLowerCase(), value);
  }
  return { essence: `${type}/${subtype}`, type, subtype, parameters };
}

/** `application/json`, its older spellings, and everything that ends in `+json` (RFC 6839 section 3.1). */
export function isJsonType(media: MediaType): boolean {
  return /^(?:json|x-json|manifest\+json)$|\+json$/.test(media.subtype) || isJsonLinesType(media);
}

/** One JSON value a line (or behind a record separator, RFC 7464). */
export function isJsonLinesType(media: MediaType): boolean {
  return /^(?:x-ndjson|ndjson|jsonl|x-jsonlines|jsonlines|json-seq)$/.test(media.subtype);
}

const TEXT_SUBTYPES =
  /^(?:javascript|ecmascript|x-javascript|xml|xml-dtd|graphql|sql|yaml|x-yaml|toml|x-www-form-urlencoded|x-sh|csp-report|http|pem-certificate-chain)$|\+(?:xml|yaml)$/;

/** Types whose bytes are meant to be read by people. SVG and HTML are: they are shown as text, never rendered. */
export function isTextType(media: MediaType): boolean {
  return media.type === 'text' || isJsonType(media) || TEXT_SUBTYPES.test(media.subtype);
}
