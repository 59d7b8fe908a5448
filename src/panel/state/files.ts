import { signal, type ReadonlySignal } from '@preact/signals';

/** Under this key lies the file that is the whole body; parts of a multipart body use their row's id. */
export const BODY_FILE = 'body';

export type ChosenFiles = ReadonlyMap<string, File>;

/** The files chosen for the draft. They live as long as the panel: a File cannot be kept with the draft's text. */
export interface FileStore {
  readonly files: ReadonlySignal<ChosenFiles>;
  set(key: string, file: File): void;
  clear(key: string): void;
}

export function createFileStore(): FileStore {
  const files = signal<ChosenFiles>(new Map());
  return {
    files,
    set(key, file) {
      files.value = new Map(files.value).set(key, file);
    },
    clear(key) {
      const rest = new Map(files.value);
      rest.delete(key);
      files.value = rest;
    },
  };
}
