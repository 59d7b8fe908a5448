/** What a file of the folder throws, by what is done to it. */
type Deed = 'list' | 'open' | 'read' | 'write' | 'close';

/**
 * A folder as the File System Standard has it, in memory: the real ones stand in browsers alone. It has what the standard says
 * of errors: a test says what happens to the disk.
 */
export class DiskFolder {
  readonly name = 'team';
  readonly files = new Map<string, string>();
  permission: PermissionState = 'granted';
  /** What a person answers. */
  answer: PermissionState = 'granted';
  writes = 0;
  /** Runs before what is done, and may throw. */
  onDeed: (deed: Deed) => void = () => {};

  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle;
  }

  queryPermission = async (): Promise<PermissionState> => this.permission;
  requestPermission = async (): Promise<PermissionState> => (this.permission = this.answer);

  async *keys(): AsyncGenerator<string> {
    this.onDeed('list');
    yield* this.files.keys();
  }

  async *entries(): AsyncGenerator<[string, unknown]> {
    this.onDeed('list');
    for (const name of this.files.keys()) yield [name, this.#file(name)];
  }

  async getFileHandle(name: string, options: { create?: boolean } = {}): Promise<unknown> {
    this.onDeed('open');
    if (!this.files.has(name) && options.create !== true) throw new DOMException('No such file', 'NotFoundError');
    if (!this.files.has(name)) this.files.set(name, '');
    return this.#file(name);
  }

  async removeEntry(name: string): Promise<void> {
    this.files.delete(name);
  }

  #file(name: string) {
    return {
      kind: 'file',
      getFile: async (): Promise<File> => {
        this.onDeed('read');
        const text = this.files.get(name);
        if (text === undefined) throw new DOMException('No such file', 'NotFoundError');
        return new File([text], name);
      },
      createWritable: async () => {
        let text = '';
        return {
          write: async (bytes: Blob): Promise<void> => {
            this.onDeed('write');
            text += await bytes.text();
          },
          close: async (): Promise<void> => {
            this.onDeed('close');
            this.files.set(name, text);
            this.writes += 1;
          },
          abort: async (): Promise<void> => {},
        };
      },
    };
  }
}
