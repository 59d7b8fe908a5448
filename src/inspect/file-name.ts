import { dispositionFileName } from './content-disposition.ts';
import { parseMediaType } from './media-type.ts';

/** The usual ending of types that responses often have. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['application/json', 'json'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['application/gzip', 'gz'],
  ['application/xml', 'xml'],
  ['application/javascript', 'js'],
  ['application/x-ndjson', 'ndjson'],
  ['application/wasm', 'wasm'],
  ['application/yaml', 'yaml'],
  ['text/html', 'html'],
  ['text/plain', 'txt'],
  ['text/css', 'css'],
  ['text/csv', 'csv'],
  ['text/xml', 'xml'],
  ['text/javascript', 'js'],
  ['text/markdown', 'md'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['image/avif', 'avif'],
  ['image/svg+xml', 'svg'],
  ['image/bmp', 'bmp'],
  ['image/x-icon', 'ico'],
  ['audio/mpeg', 'mp3'],
  ['video/mp4', 'mp4'],
]);

const MAX_LENGTH = 120;
const FALLBACK = 'response';

/**
 * Under which name a body is saved: the one of Content-Disposition, else the URL's last segment, with the type's ending
 * when it has none. Never a path, never a name that a file system reserves.
 */
export function fileName(disposition: string | null, url: string, contentType: string | null): string {
  const given = safeName(dispositionFileName(disposition) ?? '');
  if (given !== '') return given;
  const name = safeName(lastSegment(url)) || FALLBACK;
  return /\.[a-z\d]{1,8}$/i.test(name) ? name : name + ending(contentType);
}

function ending(contentType: string | null): string {
  const media = parseMediaType(contentType);
  if (!media) return '.bin';
  const known = ENDINGS.get(media.essence);
  if (known !== undefined) return `.${known}`;
  if (media.subtype.endsWith('+json')) return '.json';
  if (media.subtype.endsWith('+xml')) return '.xml';
  return media.type === 'text' ? '.txt' : '.bin';
}

function lastSegment(url: string): string {
  try {
    const segment = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '';
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

function safeName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const clean = base
    // Control characters, those that Windows refuses, and marks that turn the direction of writing.
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  const free = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(clean) ? `_${clean}` : clean;
  return shortened(free);
}

function shortened(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const tail = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  return name.slice(0, MAX_LENGTH - tail.length) + tail;
}
