import { signal, type ReadonlySignal } from '@preact/signals';
import type { CollectionNews } from '../../../model/collection.ts';
import type { FolderBinding, FolderBindings } from '../../../storage/folder-bindings.ts';
import type { TransferProblem } from '../transfer-messages.ts';
import { findFile } from './find-file.ts';
import { askToWrite, mayWrite } from './folder-access.ts';
import { diskProblemOf, hashed, readFile, replaceFile, type DiskProblem, type FileOnDisk } from './folder-file.ts';
import { damageOf, type Damage } from './folder-damage.ts';
import { nextStep } from './folder-step.ts';

/** How a collection and its file stand to each other. */
export type FolderState =
  | { readonly kind: 'looking' }
  | { readonly kind: 'same' }
  /** The browser asks anew after a restart. */
  | { readonly kind: 'permission' }
  /** Somebody else has changed the file; `both`: and the collection was changed here. */
  | { readonly kind: 'theirs' | 'both'; readonly file: FileOnDisk; readonly damage: Damage | null }
  | { readonly kind: 'missing' }
  | { readonly kind: 'disk'; readonly problem: DiskProblem; readonly detail: string }
  /** The collection cannot be written as a file. */
  | { readonly kind: 'ours'; readonly problem: TransferProblem; readonly detail: string };

/** A collection that lies in a folder too. */
export interface BoundCollection {
  readonly id: string;
  /** Names. */
  readonly folder: string;
  readonly file: string;
  readonly state: FolderState;
}

/** What a collection comes to as a file, without its secrets. */
export type ExportCollection = (
  id: string,
) => Promise<Blob | { readonly problem: TransferProblem; readonly detail: string }>;

/** Collections that lie as files in folders on disk. */
export interface Folders {
  /** By the collection's id. */
  readonly bound: ReadonlySignal<ReadonlyMap<string, BoundCollection>>;
  /** Binds a collection to a folder, in which it may lie already. */
  bind(id: string, name: string, folder: FileSystemDirectoryHandle): Promise<void>;
  /** The file stays as it is. */
  unbind(id: string): Promise<void>;
  /** Asks for the permission again. Call it from a click. */
  allow(id: string): Promise<void>;
  /** Compares both, and writes the collection where nobody else has changed the file. */
  compare(id: string): Promise<void>;
  compareAll(): Promise<void>;
  /** Writes the collection over what is there, if that is what was shown. */
  keepOurs(id: string): Promise<void>;
  /** The file of this hash was taken in: what is here now comes from it. */
  takenIn(id: string, hash: string): Promise<void>;
  stop(): void;
}

export interface FoldersOptions {
  readonly bindings: FolderBindings;
  readonly exported: ExportCollection;
  readonly hear: (listener: (news: CollectionNews) => void) => () => void;
  /** Runs one thing of a name at a time, in all tabs (`navigator.locks`). */
  readonly alone: (name: string, work: () => Promise<void>) => Promise<void>;
  /** Milliseconds without a change before it is written. */
  readonly quiet?: number;
}

const LOCK = 'request-workbench-folder-';
/** Milliseconds: typing a name is one change. */
const QUIET = 800;

/** Opens what is bound, and keeps both sides in step from then on. */
export function openFolders({ bindings, exported, hear, alone, quiet = QUIET }: FoldersOptions): Folders {
  const bound = signal<ReadonlyMap<string, BoundCollection>>(new Map());
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show({ collection, folder, file }: FolderBinding, state: FolderState): void {
    bound.value = new Map(bound.peek()).set(collection, { id: collection, folder: folder.name, file, state });
  }

  function forget(id: string): void {
    const next = new Map(bound.peek());
    if (next.delete(id)) bound.value = next;
  }

  /** @param over see `Sides` */
  function step(id: string, over?: string | null): Promise<void> {
    return alone(LOCK + id, async () => {
      // As another tab has left it.
      const binding = await bindings.get(id);
      if (binding === null) return forget(id);
      if (!bound.peek().has(id)) show(binding, { kind: 'looking' });
      try {
        show(binding, await compared(binding, over));
      } catch (error) {
        show(binding, { kind: 'disk', ...diskProblemOf(error) });
      }
    });
  }

  async function compared(binding: FolderBinding, over: string | null | undefined): Promise<FolderState> {
    const { collection, folder, file, hash: base } = binding;
    if (!(await mayWrite(folder))) return { kind: 'permission' };
    const blob = await exported(collection);
    if (!(blob instanceof Blob)) return { kind: 'ours', ...blob };
    const ours = await hashed(blob);
    const theirs = await readFile(folder, file);
    const next = nextStep({ base, ours: ours.hash, theirs: theirs?.hash ?? null, over });
    if (next === 'write' && !(await replaceFile(folder, file, ours.bytes, theirs?.hash ?? null))) {
      // Changed under our hands: looked at again, and this time nobody has agreed to anything.
      return compared(binding, undefined);
    }
    if (next === 'write' || next === 'same') {
      if (base !== ours.hash) await bindings.put({ ...binding, hash: ours.hash });
      return { kind: 'same' };
    }
    if (theirs === null || next === 'missing') return { kind: 'missing' };
    return { kind: next, file: theirs, damage: await damageOf(theirs.bytes, collection) };
  }

  async function compareAll(): Promise<void> {
    for (const { collection } of await bindings.all()) await step(collection);
  }

  const stopHearing = hear(() => {
    if (bound.peek().size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void compareAll().catch(() => {}), quiet);
  });

  return {
    bound,
    async bind(id, name, folder) {
      const file = await findFile(folder, id, name);
      await alone(LOCK + id, () => bindings.put({ collection: id, folder, file, hash: null }));
      await step(id);
    },
    async unbind(id) {
      await alone(LOCK + id, () => bindings.drop(id));
      forget(id);
    },
    async allow(id) {
      const binding = await bindings.get(id);
      if (binding !== null && (await askToWrite(binding.folder))) await step(id);
    },
    compare: (id) => step(id),
    compareAll,
    async keepOurs(id) {
      const state = bound.peek().get(id)?.state;
      if (state?.kind === 'theirs' || state?.kind === 'both') await step(id, state.file.hash);
      else if (state?.kind === 'missing') await step(id, null);
    },
    async takenIn(id, hash) {
      await alone(LOCK + id, async () => {
        const binding = await bindings.get(id);
        if (binding !== null) await bindings.put({ ...binding, hash });
      });
      await step(id);
    },
    stop() {
      clearTimeout(timer);
      stopHearing();
    },
  };
}
