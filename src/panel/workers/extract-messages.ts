import type { BodyFinding, BodyQuery } from '../../inspect/extract.ts';

/** The Blob crosses as a reference: its bytes stay where they are. */
export type ExtractRequest =
  | { readonly op: 'open'; readonly blob: Blob; readonly contentType: string | null }
  | { readonly op: 'find'; readonly id: number; readonly query: BodyQuery };

export interface ExtractReply {
  readonly id: number;
  readonly finding: BodyFinding | null;
}
