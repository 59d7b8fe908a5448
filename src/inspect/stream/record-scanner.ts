/** What a record of a stream holds; flags of one number. */
export const HAS_DATA = 1;
export const HAS_ID = 2;
export const HAS_RETRY = 4;

/** Hears of each record that is complete, in order: the offsets of its first byte and behind its last one. */
export type OnRecord = (start: number, end: number, flags: number) => void;

/** Finds the records of a stream in bytes that come in pieces of any size. Nothing of the bytes is kept. */
export interface RecordScanner {
  push(bytes: Uint8Array): void;
  /** Where the record that is not complete yet begins; the end of what was pushed when there is none. */
  readonly pendingStart: number;
  /** Bytes pushed so far, the place it began at included. */
  readonly offset: number;
  /** Nothing more comes. Says whether what is pending counts as a record. */
  finish(): boolean;
}

/** What a stream is made of: events (WHATWG HTML section 9.2.6), or lines. `ndjson` knows no empty lines; `csv` has records (RFC 4180). */
export type StreamKind = 'sse' | 'lines' | 'ndjson' | 'csv';
