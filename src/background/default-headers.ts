import type { HeaderLine } from '../http/types.ts';

/**
 * The fields that every request carries unless it removes them: Requests' four, with this browser's own values. They
 * stand in the prepared request, so whatever else the browser would add is taken off the wire.
 */
export const defaultHeaders: readonly HeaderLine[] = [
  ['User-Agent', navigator.userAgent],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Accept', '*/*'],
  ['Connection', 'keep-alive'],
];
