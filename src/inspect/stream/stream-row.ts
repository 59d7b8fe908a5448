/** One record of a stream, as a list shows it. */
export interface StreamRow {
  /** Number of the record in the stream, from 0. */
  readonly record: number;
  /** `note`: a block of an event stream that dispatches nothing. `open`: it is not complete yet. */
  readonly kind: 'event' | 'note' | 'line' | 'open';
  /** When its last byte came, in milliseconds since the epoch; null where that is not known. */
  readonly at: number | null;
  /** The event's type; empty for lines. */
  readonly type: string;
  /** The id that it sets; null when it sets none. */
  readonly id: string | null;
  /** Its data on one line, the beginning of it. */
  readonly text: string;
  /** There is more of it than `text`. */
  readonly clipped: boolean;
}

/** One record in full. */
export interface StreamDetail {
  readonly record: number;
  readonly kind: StreamRow['kind'];
  readonly at: number | null;
  readonly type: string;
  /** The last event ID when it came: its own, or an earlier one; empty for none. */
  readonly lastId: string;
  readonly retry: number | null;
  readonly data: string;
  /** Bytes that it takes in the stream, at least. */
  readonly size: number;
  /** `data` is its beginning only. */
  readonly clipped: boolean;
}

/** How far a stream was read. */
export interface StreamState {
  /** Records, the one that is not complete yet included. */
  readonly records: number;
  /** Rows of the list: the records that the filter lets through. */
  readonly rows: number;
  readonly bytes: number;
  /** Nothing more comes. */
  readonly done: boolean;
  /** The filter has not looked at all of it yet. */
  readonly filtering: boolean;
  /** More records fit the filter than are kept. */
  readonly limited: boolean;
  /** Bytes at the end that belong to no complete record. */
  readonly pending: number;
  /** The last event ID; null as long as none was set. */
  readonly lastId: string | null;
  /** The reconnection time that the stream has set, in milliseconds. */
  readonly retry: number | null;
}
