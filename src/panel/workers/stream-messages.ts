import type { StreamKind } from '../../inspect/stream/record-scanner.ts';
import type { StreamDetail, StreamRow, StreamState } from '../../inspect/stream/stream-row.ts';
import type { Arrivals } from '../../protocol/arrivals.ts';

/** What is asked of an open stream; `id` names the answer. */
export type StreamRequest =
  /** `blob` is null for a stream that is still under way. */
  | {
      readonly op: 'open';
      readonly kind: StreamKind;
      readonly charset: string;
      readonly blob: Blob | null;
      readonly arrivals: Arrivals;
    }
  /** More of a stream under way; answered by `taken`, and not to be sent again before that. */
  | { readonly op: 'piece'; readonly bytes: Uint8Array; readonly arrivals: Arrivals }
  /** It has ended: the Blob is all of it. */
  | { readonly op: 'finish'; readonly blob: Blob; readonly arrivals: Arrivals }
  | { readonly op: 'filter'; readonly query: string }
  | { readonly op: 'rows'; readonly id: number; readonly from: number; readonly to: number }
  | { readonly op: 'detail'; readonly id: number; readonly row: number }
  | { readonly op: 'copy'; readonly id: number; readonly limit: number };

export type StreamReply =
  | { readonly op: 'state'; readonly state: StreamState }
  | { readonly op: 'taken' }
  | { readonly op: 'rows'; readonly id: number; readonly rows: readonly StreamRow[] }
  | { readonly op: 'detail'; readonly id: number; readonly detail: StreamDetail | null }
  | { readonly op: 'copied'; readonly id: number; readonly text: string | null }
  /** `id` is null when the stream itself could not be read. */
  | { readonly op: 'failed'; readonly id: number | null; readonly message: string };
