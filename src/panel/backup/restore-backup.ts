import * as v from 'valibot';
import { ArchiveError, type ArchiveHead } from '../../formats/backup/archive.ts';
import { fitsArchive, readArchive, streamOf } from '../../formats/backup/read-archive.ts';
import { databases, type BackupRecord } from '../../storage/backup-stores.ts';
import { fromBase64, passphraseKey } from '../../storage/passphrase-box.ts';
import { stageRestore, type Locks } from '../../storage/restore.ts';
import { fromJson } from './record-json.ts';

/** A file of records is some MiB, unless one record is larger. Bytes. */
const LARGEST_SEGMENT = 512 * 1024 * 1024;

const lineSchema = v.object({ key: v.nullable(v.string()), value: v.unknown() });
const SEGMENT = /^([a-z]+)\/([A-Za-z]+)\/\d+\.jsonl$/;
const LARGE = /^large\/\d+$/;

export interface RestoreOptions {
  readonly locks: Locks;
  readonly passphrase: string | null;
  /** Hears how many bytes of the archive are behind it. */
  readonly onProgress: (done: number) => void;
  /** Hears when it cannot be stopped any more. */
  readonly onDeciding: () => void;
}

/**
 * Makes what an archive holds the data of this profile, whole, but for the background's part, which it is to be asked for.
 * @throws ArchiveError, RestoreError, RestoreBusyError, LockedError; nothing is changed then
 */
export async function restoreBackup(archive: Blob, head: ArchiveHead, options: RestoreOptions): Promise<void> {
  const { locks, passphrase, onProgress, onDeciding } = options;
  let key: CryptoKey | null = null;
  if (head.sealed !== null) {
    key = await passphraseKey(passphrase ?? '', saltOf(head.sealed.salt), head.sealed.iterations);
    if (!(await fitsArchive(key, head))) throw new ArchiveError('passphrase');
  }
  await stageRestore(locks, recordsOf(archive, key, onProgress), onDeciding);
}

async function* recordsOf(
  archive: Blob,
  key: CryptoKey | null,
  onProgress: (done: number) => void,
): AsyncGenerator<BackupRecord> {
  /** Files whose record is still to come. */
  const large = new Map<string, Blob>();
  for await (const member of readArchive(archive, key, onProgress)) {
    const { name, size } = member;
    if (LARGE.test(name)) {
      // The browser keeps it on disk when it is large.
      large.set(name, await new Response(streamOf(member.read())).blob());
      continue;
    }
    const [, place, store] = SEGMENT.exec(name) ?? [];
    const database = databases.find((known) => known === place);
    if (database === undefined || store === undefined || size > LARGEST_SEGMENT)
      throw new ArchiveError('damaged', name);
    const text = await new Response(streamOf(member.read())).text();
    const get = (file: string): Blob => {
      const blob = large.get(file);
      if (blob === undefined) throw new ArchiveError('damaged', name);
      large.delete(file);
      return blob;
    };
    for (const line of text.split('\n')) {
      if (line === '') continue;
      const parsed = v.safeParse(lineSchema, parseJson(line));
      if (!parsed.success) throw new ArchiveError('damaged', name);
      yield { database, store, key: parsed.output.key, value: await fromJson(parsed.output.value, get) };
    }
  }
}

function saltOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(base64);
  } catch {
    throw new ArchiveError('damaged');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
