/** Signatures of the raster formats that both browsers draw (WHATWG MIME Sniffing section 6.1, and AVIF). */
const SIGNATURES: readonly { readonly type: string; readonly bytes: readonly (number | null)[] }[] = [
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', bytes: [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50] },
  { type: 'image/avif', bytes: [null, null, null, null, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69] },
  { type: 'image/bmp', bytes: [0x42, 0x4d, null, null, null, null, 0, 0, 0, 0] },
  { type: 'image/x-icon', bytes: [0x00, 0x00, 0x01, 0x00] },
];

/** The media type of an image's first bytes; null when they are no raster image that a browser draws. */
export function sniffImage(head: Uint8Array): string | null {
  const found = SIGNATURES.find(({ bytes }) => bytes.every((byte, i) => byte === null || head[i] === byte));
  return found?.type ?? null;
}
