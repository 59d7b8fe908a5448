import { ArchiveError, type ArchiveHead } from '../../formats/backup/archive.ts';
import { readArchiveHead } from '../../formats/backup/read-archive.ts';
import { provideUnlocked } from '../../storage/key-memory.ts';
import { LockedError } from '../../storage/master-key.ts';
import { RestoreBusyError, RestoreError } from '../../storage/restore.ts';
import type { BackupProblem, BackupReply, BackupRequest } from './backup-messages.ts';
import { openBackupFile } from './backup-file.ts';
import { restoreBackup } from './restore-backup.ts';
import { saveBackup } from './save-backup.ts';

/** Milliseconds. */
const TELL_EVERY = 50;

/**
 * Writes and reads backups, away from the panel's thread.
 * @param reply hears everything
 * @returns what takes the requests, one after the other
 */
export function hostBackup(reply: (message: BackupReply) => void): (request: BackupRequest) => Promise<void> {
  let chosen: { readonly file: Blob; readonly head: ArchiveHead } | null = null;
  let toldAt = 0;
  const tell = (phase: 'saving' | 'reading', done: number, total: number): void => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY && done !== total) return;
    toldAt = now;
    reply({ op: 'progress', phase, done, total });
  };

  async function carryOut(request: BackupRequest): Promise<void> {
    switch (request.op) {
      case 'keys':
        provideUnlocked(request.bits);
        return;
      case 'save': {
        const at = Date.now();
        const output = await openBackupFile(at);
        try {
          const onProgress = (done: number, total: number): void => tell('saving', done, total);
          const saved = await saveBackup(output, { ...request, at, onProgress });
          reply({ op: 'saved', file: await output.finish(), ...saved });
        } catch (error) {
          await output.drop();
          throw error;
        }
        return;
      }
      case 'look':
        chosen = null;
        chosen = { file: request.file, head: await readArchiveHead(request.file) };
        reply({ op: 'head', head: chosen.head });
        return;
      case 'restore': {
        if (chosen === null) throw new ArchiveError('foreign');
        const { file, head } = chosen;
        await restoreBackup(file, head, {
          locks: navigator.locks,
          passphrase: request.passphrase,
          onProgress: (done) => tell('reading', done, file.size),
          onDeciding: () => reply({ op: 'deciding' }),
        });
        reply({ op: 'restored' });
      }
    }
  }

  return async (request) => {
    try {
      await carryOut(request);
    } catch (error) {
      reply({ op: 'problem', ...problemOf(error) });
    }
  };
}

function problemOf(error: unknown): { problem: BackupProblem; detail: string } {
  if (error instanceof ArchiveError) return { problem: error.problem, detail: error.file };
  if (error instanceof RestoreError) return { problem: 'damaged', detail: error.message };
  if (error instanceof RestoreBusyError) return { problem: 'busy', detail: '' };
  if (error instanceof LockedError) return { problem: 'locked', detail: '' };
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (!(error instanceof DOMException)) return { problem: 'failed', detail };
  if (error.name === 'QuotaExceededError') return { problem: 'quota', detail };
  // Base64 that is none.
  if (error.name === 'InvalidCharacterError') return { problem: 'damaged', detail };
  // The file has changed since it was chosen, or went away.
  return {
    problem: error.name === 'NotReadableError' || error.name === 'NotFoundError' ? 'unreadable' : 'failed',
    detail,
  };
}
