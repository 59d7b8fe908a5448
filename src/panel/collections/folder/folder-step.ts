/** What is known of a collection and its file: SHA-256 hashes of the file's text. */
export interface Sides {
  /** When both were the same last; null: never. */
  readonly base: string | null;
  /** What the collection comes to now. */
  readonly ours: string;
  /** What lies in the folder now; null: nothing. */
  readonly theirs: string | null;
  /** What a person has seen there and wants to be written over; undefined: nobody was asked. */
  readonly over?: string | null | undefined;
}

/**
 * What follows. `same`: nothing is to be done. `write`: the collection goes to the disk; nobody else's work is lost. Else a
 * person decides. `theirs`: the file was changed. `both`: the collection too. `missing`: the file is gone.
 */
export type Step = 'same' | 'write' | 'theirs' | 'both' | 'missing';

export function nextStep({ base, ours, theirs, over }: Sides): Step {
  if (theirs === ours) return 'same';
  if (theirs === base || theirs === over) return 'write';
  if (theirs === null) return 'missing';
  return ours === base ? 'theirs' : 'both';
}
