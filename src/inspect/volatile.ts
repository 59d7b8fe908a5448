/** Response fields that are new with every answer. */
const VOLATILE_FIELDS = new Set([
  'age',
  'cf-ray',
  'date',
  'etag',
  'expires',
  'last-modified',
  'nel',
  'report-to',
  'server-timing',
  'set-cookie',
  'traceparent',
  'tracestate',
  'x-amz-cf-id',
  'x-amz-request-id',
  'x-amzn-requestid',
  'x-amzn-trace-id',
  'x-cache-hits',
  'x-correlation-id',
  'x-github-request-id',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-request-id',
  'x-runtime',
  'x-served-by',
  'x-timer',
  'x-trace-id',
]);

/** What differs every time because it says when, or which one. */
export function isVolatileField(name: string, before: string | null, after: string | null): boolean {
  const key = name.toLowerCase();
  if (VOLATILE_FIELDS.has(key) || /(?:request|trace|correlation|span)-?id$/.test(key)) return true;
  return before !== null && after !== null && settled(before) === settled(after);
}

const VOLATILE_KEY =
  /(?:^|[_.-])(?:nonce|csrf|xsrf|timestamp|time|date|now|uuid|guid|trace|span|etag|request_?id|session_?id|correlation_?id|expires?(?:_?(?:at|in))?|issued_?at|iat|exp|nbf|jti|elapsed|duration|uptime|latency)$|(?:Nonce|Csrf|Timestamp|Time|Date|Uuid|Guid|RequestId|SessionId|TraceId|CorrelationId|ExpiresAt|ExpiresIn|At|Elapsed|Duration)$/i;

/** A value in a JSON text that differs every time: its name says so, or it is of that form on both sides. */
export function isVolatileValue(path: string, before: string | null, after: string | null): boolean {
  if (before === null || after === null) return false;
  const key = /([^.[\]"]+)"?\]?$/.exec(path)?.[1] ?? '';
  return VOLATILE_KEY.test(key) || settled(before) === settled(after);
}

/** A line of text that differs in nothing but such values. */
export function isVolatileLine(before: string, after: string): boolean {
  return settled(before) === settled(after);
}

const PATTERNS: readonly RegExp[] = [
  // UUIDs
  /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi,
  // RFC 3339 times
  /\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?/g,
  // RFC 9110 dates
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT\b/g,
  // Seconds or milliseconds since 1970, from 2001 to 2286
  /\b[1-9]\d{9}(?:\d{3})?(?:\.\d+)?\b/g,
  // Nonces
  /\bnonce[-=]"?[\w+/=-]{8,}"?/gi,
  // Digests and random hexadecimal
  /\b(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{24,}\b/gi,
];

/** The text with a sign in the place of each value that differs every time. */
function settled(text: string): string {
  return PATTERNS.reduce((rest, pattern) => rest.replaceAll(pattern, '\u0000'), text);
}
