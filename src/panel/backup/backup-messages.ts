import type { ArchiveHead, ArchiveProblem } from '../../formats/backup/archive.ts';
import type { KeysRequest } from '../workers/job.ts';

/** What is asked of the worker that writes and reads backups. */
export type BackupRequest =
  | KeysRequest
  /** `passphrase` encrypts everything; null leaves secrets out. `by`: the extension's version. */
  | {
      readonly op: 'save';
      readonly passphrase: string | null;
      readonly marked: readonly string[];
      readonly by: string;
    }
  | { readonly op: 'look'; readonly file: Blob }
  /** Goes on with the file that was looked at. */
  | { readonly op: 'restore'; readonly passphrase: string | null };

export type BackupProblem = ArchiveProblem | 'quota' | 'busy' | 'locked' | 'unreadable' | 'failed';

export type BackupReply =
  /** `total` is null where nobody knows. */
  | { readonly op: 'progress'; readonly phase: 'saving' | 'reading'; readonly done: number; readonly total: number }
  /** Nothing can be stopped any more. */
  | { readonly op: 'deciding' }
  | { readonly op: 'saved'; readonly file: File; readonly records: number; readonly unreadable: number }
  | { readonly op: 'head'; readonly head: ArchiveHead }
  | { readonly op: 'restored' }
  | { readonly op: 'problem'; readonly problem: BackupProblem; readonly detail: string };
