import * as v from 'valibot';

/** The first file of an archive; readable, always. */
export const HEAD = 'request-workbench-backup.json';
/** The last one: every file before it with its size and its SHA-256. */
export const MANIFEST = 'manifest.json';
export const FORMAT = 'request-workbench-backup';
export const VERSION = 1;

/** So many rounds a damaged or hostile file may ask for: a minute or so. */
const MOST_ROUNDS = 10_000_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const archiveHeadSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  /** When it was made, in ms since the epoch. */
  at: v.number(),
  /** The version of the extension that made it. */
  by: v.string(),
  /** How the key of its files is made of the passphrase (PBKDF2, SHA-256); null: they are readable, and hold no secrets. */
  sealed: v.nullable(
    v.object({
      /** Base64. */
      salt: v.string(),
      iterations: v.pipe(count, v.minValue(1), v.maxValue(MOST_ROUNDS)),
      /** Nothing, encrypted; in base64. A passphrase that does not open it is another one. */
      check: v.string(),
    }),
  ),
  /** How much there is of each thing. */
  counts: v.record(v.string(), count),
});
export type ArchiveHead = v.InferOutput<typeof archiveHeadSchema>;

export const manifestSchema = v.object({
  files: v.array(v.object({ name: v.string(), size: count, sha256: v.string() })),
});
export type ArchiveFile = v.InferOutput<typeof manifestSchema>['files'][number];

/**
 * `foreign`: no backup of ours. `later`: of a version to come. `truncated`: its end is missing. `damaged`: something in it is not
 * what it was. `passphrase`: the passphrase is another one.
 */
export type ArchiveProblem = 'foreign' | 'later' | 'truncated' | 'damaged' | 'passphrase';

export class ArchiveError extends Error {
  readonly problem: ArchiveProblem;
  /** The file in the archive, where it is known. */
  readonly file: string;

  constructor(problem: ArchiveProblem, file = '') {
    super(`The archive is not as it should be: ${problem} ${file}`);
    this.name = 'ArchiveError';
    this.problem = problem;
    this.file = file;
  }
}

/** Where the nonce of the check stands apart from those of all files. */
export const CHECK = { number: 0xff_ff_ff_ff, name: 'check' } as const;

/** One piece, as what comes in pieces. */
// oxlint-disable-next-line typescript/require-await -- whoever takes it awaits pieces
export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
