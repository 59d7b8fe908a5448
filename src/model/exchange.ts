import * as v from 'valibot';

/** An exchange: the recorded whole of one send. Times are milliseconds; `at` values count from the epoch. */
const line = v.tuple([v.string(), v.string()]);
export const headerLinesSchema = v.array(line);

export const wireNoteSchema = v.object({
  /** A field name, or `:url`, `:method`, `:body` for the request's other parts. */
  field: v.string(),
  action: v.picklist(['direct', 'rule', 'dropped', 'rewritten', 'unsupported']),
  reason: v.string(),
  wayOut: v.optional(v.string()),
});

export const exchangeErrorSchema = v.object({
  /** The exception's name in Requests, e.g. `ConnectTimeout`. */
  name: v.string(),
  code: v.string(),
  message: v.string(),
  /** The browser's own word, e.g. `net::ERR_NAME_NOT_RESOLVED`. */
  netError: v.nullable(v.string()),
  /** The name of the variable that has to be defined before this can be sent. */
  variable: v.exactOptional(v.string()),
});

export const bodyViewSchema = v.object({
  kind: v.picklist(['none', 'bytes', 'blob', 'stream']),
  /** Bytes; null for a stream of unknown length. */
  size: v.nullable(v.number()),
  /** The first 64 KiB at most. */
  head: v.instance(Uint8Array),
});

export const preparedViewSchema = v.object({
  method: v.string(),
  url: v.string(),
  /** Path and query as they stand on the request line. */
  target: v.string(),
  headers: headerLinesSchema,
  body: bodyViewSchema,
});

const reasonSchema = v.object({ field: v.string(), reason: v.string() });
export const cookieOutcomeSchema = v.object({
  /** The Set-Cookie line as received. */
  line: v.string(),
  stored: v.boolean(),
  /** Why it was rejected. */
  reason: v.nullable(v.string()),
});

const phase = v.number();
export const phasesSchema = v.object({
  queued: phase,
  dns: phase,
  connect: phase,
  tls: phase,
  waiting: phase,
  download: phase,
});

export const tlsSchema = v.object({
  /** e.g. `TLSv1.3`. */
  protocol: v.string(),
  cipher: v.string(),
  /** Leaf first. */
  certificates: v.array(
    v.object({
      subject: v.string(),
      issuer: v.string(),
      validFrom: v.string(),
      validTo: v.string(),
      fingerprint: v.string(),
    }),
  ),
});

export const hopSchema = v.object({
  /** Position in the exchange; each attempt and each auth round is a hop of its own. */
  index: v.number(),
  cause: v.picklist(['initial', 'redirect', 'auth', 'retry']),
  startedAt: v.number(),
  /** Milliseconds waited before it (retries). */
  waited: v.number(),
  /** A retry: which attempt it is, counted from 0, why, and whether Retry-After had asked for the wait. */
  retried: v.exactOptional(v.object({ attempt: v.number(), reason: v.string(), asked: v.boolean() })),
  request: preparedViewSchema,
  /** What the previous hop had and this one has not, and why. */
  dropped: v.array(reasonSchema),
  /** Fields seen going out; null until seen. */
  sent: v.nullable(headerLinesSchema),
  /** Fields that the network layer adds out of an extension's sight: computed. */
  derived: headerLinesSchema,
  response: v.nullable(
    v.object({
      status: v.number(),
      reason: v.string(),
      httpVersion: v.nullable(v.string()),
      headers: headerLinesSchema,
    }),
  ),
  /** The browser hides a redirect's body. */
  bodyUnavailable: v.boolean(),
  cookies: v.array(cookieOutcomeSchema),
  ip: v.nullable(v.string()),
  fromCache: v.boolean(),
  phases: v.nullable(phasesSchema),
  sizes: v.nullable(v.object({ transferred: v.number(), encoded: v.number(), decoded: v.number() })),
  tls: v.nullable(tlsSchema),
  proxy: v.nullable(v.string()),
  /** Milliseconds until the header section or the failure; null while running. */
  duration: v.nullable(v.number()),
  error: v.nullable(exchangeErrorSchema),
});

export const responseHeadSchema = v.object({
  status: v.number(),
  reason: v.string(),
  /** Requests' `ok`: not 400 to 599. */
  ok: v.boolean(),
  url: v.string(),
  httpVersion: v.nullable(v.string()),
  headers: headerLinesSchema,
  /** The charset that Requests would use: from the headers, or null when it would guess. */
  encoding: v.nullable(v.string()),
});

/** What happened, in order. `hop` replaces the hop of that index. */
export const exchangeUpdateSchema = v.variant('kind', [
  v.object({
    kind: v.literal('prepared'),
    at: v.number(),
    prepared: preparedViewSchema,
    plan: v.array(wireNoteSchema),
  }),
  v.object({ kind: v.literal('hop'), hop: hopSchema }),
  v.object({
    kind: v.literal('waiting'),
    wait: v.number(),
    /** The one to come, counted from 0. */
    attempt: v.number(),
    reason: v.string(),
    /** When the wait began. */
    at: v.exactOptional(v.number()),
    /** The wait is what Retry-After asks for, not the backoff. */
    asked: v.exactOptional(v.boolean()),
    /** Retries left after this one; null: not limited. */
    left: v.exactOptional(v.nullable(v.number())),
  }),
  v.object({ kind: v.literal('head'), response: responseHeadSchema, elapsed: v.number() }),
  v.object({
    kind: v.literal('progress'),
    phase: v.picklist(['upload', 'download']),
    loaded: v.number(),
    total: v.nullable(v.number()),
  }),
  /** The first part of a body that takes a while, as soon as it is there (64 KiB at most). */
  v.object({ kind: v.literal('body-part'), bytes: v.instance(Uint8Array) }),
  /** The body can be read as it comes, under this id (`read-live`), until the end. */
  v.object({ kind: v.literal('live'), id: v.string() }),
  v.object({
    kind: v.literal('end'),
    /** null when no response came; a small body as its bytes. One that was cut off is here with `error` set. */
    body: v.nullable(v.union([v.instance(Uint8Array), v.instance(Blob)])),
    /** Where the panel takes the Blob from, in Firefox: see background/hand-over.ts. */
    url: v.exactOptional(v.string()),
    elapsed: v.number(),
    duration: v.number(),
    error: v.nullable(exchangeErrorSchema),
    /** Standing warnings, e.g. InsecureRequestWarning. */
    warnings: v.array(v.string()),
    /** When the bytes of a stream came: see protocol/arrivals.ts. */
    arrivals: v.optional(v.array(v.number())),
  }),
]);

export type HeaderLines = v.InferOutput<typeof headerLinesSchema>;
export type WireNoteView = v.InferOutput<typeof wireNoteSchema>;
export type ExchangeError = v.InferOutput<typeof exchangeErrorSchema>;
export type BodyView = v.InferOutput<typeof bodyViewSchema>;
export type PreparedView = v.InferOutput<typeof preparedViewSchema>;
export type CookieOutcome = v.InferOutput<typeof cookieOutcomeSchema>;
export type Phases = v.InferOutput<typeof phasesSchema>;
export type TlsView = v.InferOutput<typeof tlsSchema>;
export type Hop = v.InferOutput<typeof hopSchema>;
export type ResponseHead = v.InferOutput<typeof responseHeadSchema>;
export type ExchangeUpdate = v.InferOutput<typeof exchangeUpdateSchema>;
