import * as v from 'valibot';

/**
 * The parts of a HAR entry that are used, as Chromium and Firefox give them to extensions. What one of them leaves out,
 * or writes oddly, gets a neutral value: only an entry without method, URL or time is no entry.
 */
const text = v.fallback(v.string(), '');
const number = v.fallback(v.nullable(v.number()), null);
const fields = v.fallback(v.array(v.object({ name: text, value: text })), []);

const postData = v.fallback(v.nullable(v.object({ text: v.fallback(v.nullable(v.string()), null) })), null);

const content = v.fallback(
  v.object({
    size: number,
    mimeType: text,
    text: v.fallback(v.nullable(v.string()), null),
    encoding: text,
  }),
  { size: null, mimeType: '', text: null, encoding: '' },
);

const timings = v.fallback(
  v.object({ blocked: number, dns: number, connect: number, ssl: number, send: number, wait: number, receive: number }),
  { blocked: null, dns: null, connect: null, ssl: null, send: null, wait: null, receive: null },
);

const callFrame = v.object({ url: text, lineNumber: number });
const stack = v.object({ callFrames: v.fallback(v.array(callFrame), []) });
const initiator = v.fallback(
  v.object({ type: text, url: text, lineNumber: number, stack: v.fallback(v.nullable(stack), null) }),
  { type: '', url: '', lineNumber: null, stack: null },
);

export const harEntrySchema = v.object({
  startedDateTime: v.pipe(
    v.union([v.string(), v.date()]),
    v.transform((time) => new Date(time).getTime()),
    v.number(),
    v.finite(),
  ),
  time: number,
  request: v.object({
    method: v.pipe(v.string(), v.minLength(1)),
    url: v.pipe(v.string(), v.minLength(1)),
    httpVersion: text,
    headers: fields,
    postData,
  }),
  response: v.object({
    status: v.fallback(v.number(), 0),
    statusText: text,
    httpVersion: text,
    headers: fields,
    content,
    bodySize: number,
    /** Chromium's. */
    _transferSize: number,
    _error: text,
  }),
  timings,
  serverIPAddress: text,
  /** Chromium's. */
  _resourceType: text,
  _initiator: initiator,
  _fromCache: text,
});

export type HarEntry = v.InferOutput<typeof harEntrySchema>;

/** @returns null for what is no HAR entry */
export function readHarEntry(raw: unknown): HarEntry | null {
  const parsed = v.safeParse(harEntrySchema, raw);
  return parsed.success ? parsed.output : null;
}
