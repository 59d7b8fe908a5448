import type { MediaType } from './media-type.ts';

export const codeLanguages = ['html', 'xml', 'css', 'javascript', 'json'] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

/** Code above this size stays plain: it would be read as a whole. Bytes. */
export const MAX_HIGHLIGHTED = 2 * 1024 * 1024;

/** What a token of code is, for its colour. A token's kind is its index here. */
export const tokenKinds = [
  'comment',
  'keyword',
  'string',
  'number',
  'literal',
  'tag',
  'attribute',
  'name',
  'meta',
] as const;
export type TokenKind = (typeof tokenKinds)[number];

/** Tokens in the order in which they stand, none overlapping. */
export interface CodeTokens {
  /** Offsets in bytes. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Indexes of `tokenKinds`. */
  readonly kinds: Uint8Array;
}

/** In which language a text is to be coloured, by its media type; null for plain text. */
export function codeLanguage(media: MediaType | null): CodeLanguage | null {
  if (media === null) return null;
  const { essence, subtype } = media;
  if (essence === 'text/html') return 'html';
  if (essence === 'text/css') return 'css';
  if (/^(?:x-)?(?:java|ecma)script$/.test(subtype)) return 'javascript';
  if (/^(?:x-)?json$|\+json$/.test(subtype)) return 'json';
  // XHTML is XML; so is SVG.
  return subtype === 'xml' || subtype.endsWith('+xml') ? 'xml' : null;
}
