import type { BodyKind } from '../../../inspect/body-kind.ts';
import type { PreviewKind } from '../../../inspect/preview/preview-kind.ts';
import { MAX_JSON_BYTES } from '../../../inspect/json-view.ts';
import type { ViewSpec } from '../../workers/body-messages.ts';
import type { ViewName } from '../response-state.ts';
import type { BodySource, ViewKey } from './body-source.ts';

const OWN_VIEW: Readonly<Record<BodyKind, ViewName>> = { json: 'json', text: 'text', image: 'image', binary: 'hex' };

const PREVIEW_VIEW: Readonly<Record<PreviewKind, ViewName>> = {
  html: 'preview',
  svg: 'preview',
  markdown: 'preview',
  audio: 'preview',
  video: 'preview',
  pdf: 'preview',
  font: 'preview',
  csv: 'table',
  form: 'table',
  multipart: 'table',
  xml: 'pretty',
  jwt: 'decoded',
  pem: 'decoded',
  msgpack: 'decoded',
  cbor: 'decoded',
  protobuf: 'decoded',
};
/** What is text in the first place: a preview of it is a choice. */
const TEXT_FIRST: ReadonlySet<PreviewKind> = new Set(['html', 'svg', 'markdown', 'xml', 'form']);

/** Views that make sense for a body. What the media type says may be wrong, so most are always there. */
export function viewsFor(source: BodySource): ViewName[] {
  const { imageType, blob, stream, preview } = source;
  const fitsJson = blob.size <= MAX_JSON_BYTES;
  return [
    ...(stream === null ? [] : [stream === 'sse' ? ('events' as const) : ('lines' as const)]),
    ...(preview === null ? [] : [PREVIEW_VIEW[preview]]),
    ...(isXml(source) || fitsJson ? (['tree'] as const) : []),
    ...(fitsJson ? (['json'] as const) : []),
    'text',
    'hex',
    ...(imageType === null ? [] : (['image'] as const)),
  ];
}

/** `Tree` is that of XML. */
export function isXml({ preview }: BodySource): boolean {
  return preview === 'xml' || preview === 'svg';
}

/** The view is made of rows that can be searched. */
export function hasRows(view: ViewName): boolean {
  return view === 'json' || view === 'tree' || view === 'text' || view === 'hex';
}

/** How a view is searched: match by match, or by a filter of its rows; null where there is nothing to search. */
export function searchOf(view: ViewName): 'find' | 'filter' | null {
  if (hasRows(view) || view === 'pretty' || view === 'decoded') return 'find';
  return view === 'table' || view === 'events' || view === 'lines' ? 'filter' : null;
}

/** The view for a body: the one chosen for its kind, as far as it fits this body. */
export function viewFor(source: BodySource, chosen: Partial<Record<ViewKey, ViewName>>): ViewName {
  const views = viewsFor(source);
  const wanted = chosen[source.key] ?? ownView(source);
  if (views.includes(wanted)) return wanted;
  return source.kind === 'image' || source.kind === 'binary' ? 'hex' : 'text';
}

function ownView({ kind, stream, isLive, preview, isWhole }: BodySource): ViewName {
  if (stream === 'sse') return 'events';
  if (preview !== null && isWhole && !TEXT_FIRST.has(preview)) return PREVIEW_VIEW[preview];
  return stream !== null && isLive ? 'lines' : OWN_VIEW[kind];
}

/** Columns that rows of so many bytes take in hexadecimal, widest first; four bytes fit anywhere. */
const HEX_WIDTHS = [
  { bytes: 16, columns: 84 },
  { bytes: 8, columns: 43 },
  { bytes: 4, columns: 0 },
] as const;

/**
 * What to open for a view of rows; null for the others, which open the body themselves.
 * @param columns characters that fit side by side
 */
export function specFor(
  view: ViewName,
  source: BodySource,
  charset: string,
  columns: { readonly text: number; readonly hex: number },
): ViewSpec | null {
  const { blob } = source;
  switch (view) {
    case 'json':
      return { kind: 'json', blob, charset, layout: 'pretty', many: source.isJsonLines };
    case 'tree':
      if (isXml(source)) return { kind: 'xml', blob, charset };
      return { kind: 'json', blob, charset, layout: 'tree', many: source.isJsonLines };
    case 'text':
      return { kind: 'text', blob, charset, columns: columns.text };
    case 'hex':
      return { kind: 'hex', blob, width: HEX_WIDTHS.find((row) => row.columns <= columns.hex)?.bytes ?? 4 };
    case 'image':
    case 'events':
    case 'lines':
    case 'preview':
    case 'table':
    case 'pretty':
    case 'decoded':
    default:
      return null;
  }
}

const DIGITS = { least: 3, most: 8 };
/** Bytes that a line has at least, as a rule. */
const SHORT_LINE = 20;

/** Digits to keep free for line numbers: told from the size, so that nothing moves while lines are counted. */
export function gutterDigits(size: number): number {
  return Math.min(DIGITS.most, Math.max(DIGITS.least, String(Math.ceil(size / SHORT_LINE)).length));
}
