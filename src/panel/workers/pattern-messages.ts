import type { MatchBatch, Query } from '../../inspect/finder.ts';

export interface PatternRequest {
  readonly blob: Blob;
  readonly query: Query;
}

export type PatternReply =
  /** The next part of the body is read; the pattern runs over it. */
  | { readonly op: 'reading' | 'running' }
  | { readonly op: 'batch'; readonly batch: MatchBatch }
  | { readonly op: 'done' }
  | { readonly op: 'failed'; readonly message: string };
