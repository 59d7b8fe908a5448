import * as v from 'valibot';

/**
 * One fetch that Chrome's offscreen document makes for the background, which cannot make it itself: a page, unlike a
 * service worker, may use a certificate that the user has accepted. Each travels over a MessagePort of its own.
 */
export const carriedHopSchema = v.object({
  type: v.literal('carry-hop'),
  url: v.pipe(v.string(), v.url()),
  method: v.string(),
  headers: v.array(v.tuple([v.string(), v.string()])),
  body: v.nullable(v.union([v.instance(Uint8Array), v.instance(Blob)])),
  cache: v.picklist(['default', 'no-store']),
});

/** What comes back, once. The body is a stream that was transferred. */
export const carriedAnswerSchema = v.variant('type', [
  v.object({
    type: v.literal('answer'),
    status: v.number(),
    statusText: v.string(),
    hidden: v.boolean(),
    headers: v.array(v.tuple([v.string(), v.string()])),
    body: v.nullable(v.instance(ReadableStream)),
  }),
  v.object({ type: v.literal('failed'), message: v.string() }),
]);

/** What the background may say meanwhile. */
export const ABORT = 'abort';

export type CarriedHop = v.InferOutput<typeof carriedHopSchema>;
export type CarriedAnswer = v.InferOutput<typeof carriedAnswerSchema>;
