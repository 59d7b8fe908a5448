import type { CapturedEntry } from '../../../src/model/captured-entry.ts';

export type EntryParts = Partial<CapturedEntry>;

let next = 0;

/** An entry of an ordinary GET, with some parts of it different. */
export function capturedEntry(parts: EntryParts = {}): CapturedEntry {
  next += 1;
  return {
    id: `entry-${next}`,
    startedAt: 1_700_000_000_000 + next,
    duration: 12,
    method: 'GET',
    url: 'https://a.example/',
    kind: 'fetch',
    httpVersion: 'HTTP/1.1',
    requestHeaders: [
      ['Host', 'a.example'],
      ['Accept', '*/*'],
    ],
    body: { state: 'none' },
    status: 200,
    reason: 'OK',
    responseHeaders: [['Content-Type', 'application/json']],
    mimeType: 'application/json',
    sizes: { transferred: 200, content: 20 },
    phases: null,
    initiator: '',
    ip: '127.0.0.1',
    fromCache: false,
    error: '',
    ...parts,
  };
}
