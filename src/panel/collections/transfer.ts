import { startJob, type Job } from '../workers/job.ts';
import type { TransferReply, TransferRequest } from './transfer-messages.ts';

/** A file of a collection on its way out or in. */
export type Transfer = Job<TransferRequest, TransferReply>;

export const startTransfer = (): Transfer =>
  startJob(new Worker(new URL('./transfer-worker.ts', import.meta.url), { type: 'module' }));
