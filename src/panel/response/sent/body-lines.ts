import { bodyKind } from '../../../inspect/body-kind.ts';
import { formatBytes, formatCount } from '../../../inspect/format.ts';
import { parseMediaType } from '../../../inspect/media-type.ts';
import type { BodyView, PreparedView } from '../../../model/exchange.ts';
import { strings } from '../../strings.ts';
import { fieldValue } from '../field-lines.ts';
import { linesOf } from './composed-view.ts';

const words = strings.sent;
const MAX_LINES = 300;
const MAX_LINE_LENGTH = 2000;

/** The beginning of a prepared body as lines; of one that is no text, its size. */
export function preparedBodyLines({ body, headers }: PreparedView): { lines: readonly string[]; isText: boolean } {
  if (body.kind === 'none' || body.size === 0) return { lines: [], isText: true };
  const kind = bodyKind(parseMediaType(fieldValue(headers, 'content-type')), body.head);
  if (kind === 'binary' || kind === 'image') return { lines: [words.binary(sizeWords(body))], isText: false };
  const lines = linesOf(new TextDecoder().decode(body.head));
  const missing = (body.size ?? body.head.length) - body.head.length;
  return { lines: missing > 0 ? [...lines, `… ${words.moreBytes(formatBytes(missing))}`] : lines, isText: true };
}

export function sizeWords({ size }: BodyView): string {
  return size === null ? words.streamed : formatBytes(size);
}

/** No more lines, and no longer ones, than are good to look at. */
export function shortened(lines: readonly string[]): string[] {
  const shown = lines
    .slice(0, MAX_LINES)
    .map((text) => (text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH)}…` : text));
  return lines.length > MAX_LINES ? [...shown, `… ${words.moreLines(formatCount(lines.length - MAX_LINES))}`] : shown;
}
