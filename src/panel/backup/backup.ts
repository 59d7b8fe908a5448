import { startJob, type Job } from '../workers/job.ts';
import type { BackupReply, BackupRequest } from './backup-messages.ts';

/** A backup that is being made, or restored. */
export type Backup = Job<BackupRequest, BackupReply>;

export const startBackup = (): Backup =>
  startJob(new Worker(new URL('./backup-worker.ts', import.meta.url), { type: 'module' }));
