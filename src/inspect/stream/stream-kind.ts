import type { BodyKind } from '../body-kind.ts';
import { isJsonLinesType, isJsonType, type MediaType } from '../media-type.ts';
import type { StreamKind } from './record-scanner.ts';

/** What a body is a stream of; null for what has no lines, or not in single bytes. */
export function streamKind(media: MediaType | null, kind: BodyKind): StreamKind | null {
  if (media?.essence === 'text/event-stream') return 'sse';
  if (/^utf-?(?:16|32)/i.test(media?.parameters.get('charset') ?? '')) return null;
  if (media !== null && isJsonLinesType(media)) return 'ndjson';
  // What calls itself text and begins like JSON may be one value a line.
  return kind === 'text' || (kind === 'json' && media !== null && !isJsonType(media)) ? 'lines' : null;
}
