import * as v from 'valibot';
import { headerLinesSchema, phasesSchema } from './exchange.ts';

/** What a request was for, as far as the browser tells. */
export const captureKinds = [
  'document',
  'stylesheet',
  'script',
  'image',
  'font',
  'media',
  'fetch',
  'xhr',
  'beacon',
  'preflight',
  'eventsource',
  'websocket',
  'manifest',
  'other',
] as const;

/** Why the bytes of a request body are not known. */
export const bodyGaps = [
  /** The browser shows what was sent as text only, and bytes were lost in that. */
  'text-only',
  /** The browser shows nothing, or a part, of what was sent. */
  'withheld',
  /** Several requests alike went out, and nothing says which bodies belong to which. */
  'ambiguous',
  /** The length that was sent is not known, so nothing proves the text. */
  'unproven',
  /** It was complete, and was given up for the sake of later ones. */
  'dropped',
] as const;

/** The body of a captured request: exactly what was sent, or openly not so. */
export const capturedBodySchema = v.variant('state', [
  v.object({ state: v.literal('none') }),
  v.object({
    state: v.literal('exact'),
    bytes: v.instance(Uint8Array),
    /** Who said so: the network log, the browser's wire events, or a script in the page, which may lie. */
    source: v.picklist(['log', 'wire', 'page']),
  }),
  v.object({
    state: v.literal('incomplete'),
    gap: v.picklist(bodyGaps),
    /** What can be read of it. */
    text: v.nullable(v.string()),
    /** Bytes that were sent; null when not known. */
    length: v.nullable(v.number()),
  }),
]);

/** One request that the inspected page made. Times are milliseconds. */
export const capturedEntrySchema = v.object({
  id: v.string(),
  /** Counts from the epoch. */
  startedAt: v.number(),
  /** Until the end of the response; null while it is open. */
  duration: v.nullable(v.number()),
  method: v.string(),
  /** Without fragment. */
  url: v.string(),
  kind: v.picklist(captureKinds),
  /** As the browser names it: `HTTP/1.1`, `h2`. */
  httpVersion: v.string(),
  /** In the order and case in which they were sent; without the pseudo fields of HTTP/2. */
  requestHeaders: headerLinesSchema,
  body: capturedBodySchema,
  /** 0 when there was no response. */
  status: v.number(),
  reason: v.string(),
  responseHeaders: headerLinesSchema,
  /** Essence of the response's media type, lower case; '' when there was none. */
  mimeType: v.string(),
  /** Bytes over the network, fields included, and bytes of the decoded body; null when not known. */
  sizes: v.object({ transferred: v.nullable(v.number()), content: v.nullable(v.number()) }),
  phases: v.nullable(phasesSchema),
  /** `https://host/app.js:12`, or a word such as `parser`; '' when not known. */
  initiator: v.string(),
  ip: v.string(),
  /** Came from the browser's cache or a worker: the fields are those it would have sent. */
  fromCache: v.boolean(),
  /** The browser's own word for the failure, or ''. */
  error: v.string(),
});

export type CaptureKind = (typeof captureKinds)[number];
export type CapturedBody = v.InferOutput<typeof capturedBodySchema>;
export type CapturedEntry = v.InferOutput<typeof capturedEntrySchema>;
