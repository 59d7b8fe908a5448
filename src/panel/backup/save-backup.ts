import { FORMAT, VERSION } from '../../formats/backup/archive.ts';
import { checkOf, writeArchive, type ArchiveSink } from '../../formats/backup/write-archive.ts';
import type { BackupRecord } from '../../storage/backup-stores.ts';
import { ITERATIONS, passphraseKey, toBase64 } from '../../storage/passphrase-box.ts';
import { countForBackup, readForBackup } from '../../storage/read-backup.ts';
import { recordWithoutSecrets } from './record-without-secrets.ts';
import { toJson } from './record-json.ts';

/** Bytes of text that become one file. */
const SEGMENT = 2 * 1024 * 1024;
const SALT_BYTES = 16;
/** Read at once of what is large. Bytes. */
const SLICE = 1024 * 1024;

export interface SaveOptions {
  /** null: nothing is encrypted, and secrets stay away. */
  readonly passphrase: string | null;
  readonly marked: readonly string[];
  /** The extension's version. */
  readonly by: string;
  /** When, in ms since the epoch. */
  readonly at: number;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Writes everything that is kept into a sink, as one archive. Records stand as lines of JSON in files of some MiB; what is
 * large in them has a file of its own before it.
 */
export async function saveBackup(
  sink: ArchiveSink,
  { passphrase, marked, by, at, onProgress }: SaveOptions,
): Promise<{ records: number; unreadable: number }> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const key = passphrase === null ? null : await passphraseKey(passphrase, salt, ITERATIONS);
  const sealed = key === null ? null : { salt: toBase64(salt), iterations: ITERATIONS, check: await checkOf(key) };
  const counts = await countForBackup();
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const archive = await writeArchive(sink, { format: FORMAT, version: VERSION, at, by, sealed, counts }, key);

  let lines: Uint8Array[] = [];
  let size = 0;
  let segment = '';
  let number = 0;
  let large = 0;
  async function flush(): Promise<void> {
    if (size === 0) return;
    number++;
    await archive.add(`${segment}/${String(number).padStart(6, '0')}.jsonl`, size, pieces(lines));
    lines = [];
    size = 0;
  }
  const put = async (bytes: Blob): Promise<string> => {
    const name = `large/${String(large + 1).padStart(6, '0')}`;
    await archive.add(name, bytes.size, slices(bytes));
    large++;
    return name;
  };

  let done = 0;
  let unreadable = 0;
  let records = 0;
  for await (const record of readForBackup(() => void unreadable++)) {
    onProgress(done++, total);
    const clean: BackupRecord | null = key === null ? recordWithoutSecrets(record, marked) : record;
    if (clean === null) continue;
    const place = `${clean.database}/${clean.store}`;
    if (place !== segment || size > SEGMENT) {
      await flush();
      if (place !== segment) number = 0;
      segment = place;
    }
    const json = JSON.stringify({ key: clean.key, value: await toJson(clean.value, put) });
    const line = new TextEncoder().encode(`${json}\n`);
    lines.push(line);
    size += line.length;
    records++;
  }
  await flush();
  await archive.end();
  onProgress(total, total);
  return { records, unreadable };
}

// oxlint-disable-next-line typescript/require-await -- an archive takes what comes in pieces
async function* pieces(lines: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* lines;
}

async function* slices(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += SLICE) yield new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer());
}
