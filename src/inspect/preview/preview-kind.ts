import type { MediaType } from '../media-type.ts';

/** What a body can be looked at as, besides text, JSON, bytes and raster images. */
export type PreviewKind =
  | 'html'
  | 'svg'
  | 'markdown'
  | 'audio'
  | 'video'
  | 'pdf'
  | 'font'
  | 'csv'
  | 'form'
  | 'multipart'
  | 'xml'
  | 'jwt'
  | 'pem'
  | 'msgpack'
  | 'cbor'
  | 'protobuf';

const BY_TYPE: readonly (readonly [PreviewKind, RegExp])[] = [
  ['html', /^(?:text\/html|application\/xhtml\+xml)$/],
  ['svg', /^image\/svg\+xml$/],
  ['markdown', /^text\/(?:x-)?markdown$/],
  ['audio', /^audio\//],
  ['video', /^video\//],
  ['pdf', /^application\/(?:x-)?pdf$/],
  ['font', /^(?:font\/|application\/(?:x-)?font-|application\/vnd\.ms-opentype$)/],
  ['csv', /^text\/(?:csv|tab-separated-values)$|^application\/csv$/],
  ['form', /^application\/x-www-form-urlencoded$/],
  ['multipart', /^multipart\//],
  ['xml', /^(?:text|application)\/xml$|\+xml$/],
  ['jwt', /^application\/(?:jwt|jose)$|\+jwt$/],
  ['pem', /^application\/(?:pem-certificate-chain|x-pem-file|x-x509-(?:ca|user)-cert|pkix-cert)$/],
  ['msgpack', /^application\/(?:vnd\.|x-)?msgpack$|\+msgpack$/],
  ['cbor', /^application\/cbor(?:-seq)?$|\+cbor(?:-seq)?$/],
  ['protobuf', /^application\/(?:vnd\.google\.|x-)?protobuf$|^application\/(?:x-)?protobuffer$|\+proto(?:buf)?$/],
];

/** Types that say nothing: here the bytes decide. */
const VAGUE = /^(?:text\/plain|application\/octet-stream|binary\/octet-stream)$/;
const BY_START: readonly (readonly [PreviewKind, RegExp])[] = [
  ['pdf', /^%PDF-\d/],
  ['pem', /^\s*-----BEGIN (?:TRUSTED )?CERTIFICATE-----/],
  ['font', /^(?:wOF[F2]|OTTO)/],
  ['audio', /^(?:ID3|fLaC|OggS|RIFF[^]{4}WAVE)/],
  // oxlint-disable-next-line no-control-regex -- the bytes that Matroska begins with
  ['video', /^(?:[^]{4}ftyp(?:isom|mp4|avc1|iso2)|\x1aE\xdf\xa3)/],
  ['svg', /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/],
  ['html', /^\s*<!doctype html/i],
  ['xml', /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml\s/],
  ['jwt', /^\s*eyJ[\w-]+\.[\w-]+\.[\w-]*\s*$/],
];

/**
 * How else a body can be looked at: what its media type says; where that says nothing, what its first bytes say.
 * @returns null for nothing more
 */
export function previewKind(media: MediaType | null, head: Uint8Array): PreviewKind | null {
  const essence = media?.essence ?? '';
  const named = BY_TYPE.find(([, type]) => type.test(essence));
  if (named !== undefined) return named[0];
  if (media !== null && !VAGUE.test(essence)) return null;
  const start = String.fromCharCode(...head.subarray(0, 4096));
  return BY_START.find(([, pattern]) => pattern.test(start))?.[0] ?? null;
}
