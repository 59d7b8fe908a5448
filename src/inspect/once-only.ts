/** RFC 9110 sections 13.1 and 14: fields that ask about a state of the resource, or for a part of it. */
const ONCE_ONLY = new Set([
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
]);

/** Whether a request field made sense for the moment in which it was sent: the answer may be 304, 206 or 412. */
export const isOnceOnly = (name: string): boolean => ONCE_ONLY.has(name.toLowerCase());
