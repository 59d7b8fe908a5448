import type { CaptureKind } from '../../model/captured-entry.ts';
import type { HeaderLines } from '../../model/exchange.ts';

/** Chromium's resource types that have another name here. */
const fromChromium: Readonly<Record<string, CaptureKind>> = {
  document: 'document',
  stylesheet: 'stylesheet',
  script: 'script',
  image: 'image',
  font: 'font',
  media: 'media',
  texttrack: 'media',
  xhr: 'xhr',
  fetch: 'fetch',
  ping: 'beacon',
  preflight: 'preflight',
  eventsource: 'eventsource',
  websocket: 'websocket',
  manifest: 'manifest',
};

/** Fetch standard, "destination", as Sec-Fetch-Dest says it. */
const fromDestination: Readonly<Record<string, CaptureKind>> = {
  document: 'document',
  iframe: 'document',
  frame: 'document',
  embed: 'document',
  object: 'document',
  style: 'stylesheet',
  script: 'script',
  worker: 'script',
  sharedworker: 'script',
  serviceworker: 'script',
  image: 'image',
  font: 'font',
  audio: 'media',
  video: 'media',
  track: 'media',
  manifest: 'manifest',
  empty: 'fetch',
};

interface Told {
  /** Chromium's own word; '' in Firefox. */
  resourceType: string;
  url: string;
  method: string;
  requestHeaders: HeaderLines;
  mimeType: string;
}

/** What a request was for. Firefox does not say; there the URL, the fields and the media type do. */
export function captureKind({ resourceType, url, method, requestHeaders, mimeType }: Told): CaptureKind {
  if (/^wss?:/i.test(url)) return 'websocket';
  const known = fromChromium[resourceType];
  if (known !== undefined) return known;
  if (mimeType === 'text/event-stream') return 'eventsource';
  const field = (name: string): string =>
    requestHeaders.find(([other]) => other.toLowerCase() === name)?.[1].toLowerCase() ?? '';
  if (method === 'OPTIONS' && field('access-control-request-method') !== '') return 'preflight';
  const destination = fromDestination[field('sec-fetch-dest')];
  if (destination !== undefined && resourceType === '') return destination;
  return resourceType === '' ? fromMimeType(mimeType) : 'other';
}

/** Sec-Fetch fields are sent to trustworthy origins only. */
function fromMimeType(mimeType: string): CaptureKind {
  if (mimeType === 'text/html' || mimeType === 'application/xhtml+xml') return 'document';
  if (mimeType === 'text/css') return 'stylesheet';
  if (/^(?:text|application)\/(?:javascript|x-javascript|ecmascript)$/.test(mimeType)) return 'script';
  if (/json|xml|^text\/plain$/.test(mimeType)) return mimeType === 'image/svg+xml' ? 'image' : 'fetch';
  const [type] = mimeType.split('/');
  if (type === 'image' || type === 'font') return type;
  return type === 'audio' || type === 'video' ? 'media' : 'other';
}
