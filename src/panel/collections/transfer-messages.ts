import type { FileProblem } from '../../formats/collection/read-collection.ts';
import type { ImportBefore, ImportCount, ImportMode } from '../../storage/collection-transfer.ts';
import type { KeysRequest } from '../workers/job.ts';

/** What is asked of the worker that writes and reads files of collections. */
export type TransferRequest =
  | KeysRequest
  | {
      readonly op: 'export';
      readonly id: string;
      /** Encrypts the secrets; null leaves them out. */
      readonly passphrase: string | null;
      readonly marked: readonly string[];
    }
  | { readonly op: 'read'; readonly file: Blob; readonly marked: readonly string[] }
  /** Goes on with the file that was read. */
  | { readonly op: 'import'; readonly mode: ImportMode; readonly passphrase: string | null };

export type TransferPhase = 'reading' | 'parsing' | 'checking' | 'encrypting' | 'writing';

/** What a file holds, and what it would change. */
export interface ImportPreview {
  readonly name: string;
  readonly folders: number;
  readonly requests: number;
  readonly examples: number;
  /** Names that were cleaned of characters that nobody can see. */
  readonly cleaned: number;
  readonly sealed: boolean;
  /** The collection of the same id. */
  readonly existing: { readonly name: string; readonly changed: number; readonly removed: number } | null;
}

export type TransferProblem =
  | FileProblem
  | 'large'
  | 'unreadable'
  | 'passphrase'
  | 'gone'
  | 'place'
  | 'quota'
  | 'failed';

export type TransferReply =
  /** `total` is null where nobody knows. */
  | { readonly op: 'progress'; readonly phase: TransferPhase; readonly done: number; readonly total: number | null }
  | { readonly op: 'exported'; readonly file: Blob; readonly requests: number; readonly leftOut: number }
  | { readonly op: 'preview'; readonly preview: ImportPreview }
  | {
      readonly op: 'imported';
      readonly count: ImportCount;
      readonly root: string;
      readonly before: ImportBefore | null;
    }
  | { readonly op: 'problem'; readonly problem: TransferProblem; readonly detail: string };
