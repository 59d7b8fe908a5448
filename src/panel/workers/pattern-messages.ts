import type { MatchBatch, Query } from '../../inspect/finder.ts';

export interface PatternRequest {
  readonly blob: Blob;
  readonly query: Query;
}

export type PatternReply =
  | { readonly op: 'batch'; readonly batch: MatchBatch }
  | { readonly op: 'done' }
  | { readonly op: 'failed'; readonly message: string };
