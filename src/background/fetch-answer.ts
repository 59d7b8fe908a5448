import type { HeaderLine } from '../http/types.ts';

/** What a hop needs of fetch's Response, wherever the fetch ran. */
export interface FetchAnswer {
  readonly status: number;
  readonly statusText: string;
  /** `redirect: 'manual'` met a redirect: status, fields and body are hidden. */
  readonly hidden: boolean;
  readonly headers: readonly HeaderLine[];
  readonly body: ReadableStream<Uint8Array> | null;
}
