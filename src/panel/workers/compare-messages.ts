import type { BodyComparison, ComparedBody } from '../../inspect/body-compare.ts';

/** The Blobs cross as references: their bytes stay where they are. */
export interface CompareRequest {
  readonly before: ComparedBody;
  readonly after: ComparedBody;
}

export type CompareReply =
  | { readonly op: 'progress'; readonly share: number }
  | { readonly op: 'done'; readonly comparison: BodyComparison }
  | { readonly op: 'failed'; readonly message: string };
