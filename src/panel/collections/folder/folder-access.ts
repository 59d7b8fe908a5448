/** `here`: this page may use folders. `tab`: the panel's own tab may. `none`: this browser has no such thing. */
export type FolderAccess = 'here' | 'tab' | 'none';

/** File System Access (https://wicg.github.io/file-system-access/): Chromium has it, but not in DevTools. */
interface WithPicker {
  showDirectoryPicker(options: { id: string; mode: 'readwrite' }): Promise<FileSystemDirectoryHandle>;
}
const hasPicker = (page: object): page is WithPicker => 'showDirectoryPicker' in page;
const page: object = globalThis;

/** @param inTab the page is a tab of its own */
export function folderAccess(inTab: boolean): FolderAccess {
  if (!hasPicker(page)) return 'none';
  return inTab ? 'here' : 'tab';
}

/** Lets a person choose a folder, and allow that it is written to; null when there is none. Call it from a click. */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | null> {
  if (!hasPicker(page)) return null;
  try {
    return await page.showDirectoryPicker({ id: 'collections', mode: 'readwrite' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

interface WithPermission {
  queryPermission(descriptor: { mode: 'readwrite' }): Promise<PermissionState>;
  requestPermission(descriptor: { mode: 'readwrite' }): Promise<PermissionState>;
}
const hasPermission = (folder: object): folder is WithPermission => 'requestPermission' in folder;

/** Whether the folder may be written to now; it ends with the last tab of the extension, unless it was given for good. */
export async function mayWrite(folder: FileSystemDirectoryHandle): Promise<boolean> {
  return !hasPermission(folder) || (await folder.queryPermission({ mode: 'readwrite' })) === 'granted';
}

/** Asks for it again. Call it from a click. */
export async function askToWrite(folder: FileSystemDirectoryHandle): Promise<boolean> {
  return !hasPermission(folder) || (await folder.requestPermission({ mode: 'readwrite' })) === 'granted';
}
