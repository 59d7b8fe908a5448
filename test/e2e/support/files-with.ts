import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files below a folder that hold the text, in one byte a character or in two. The browser's own HTTP cache does not count:
 * Firefox keeps answers to POST there, and only a request with `no-store`, which adds fields, would keep them out.
 */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes('/cache2/')) continue;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    if (bytes.includes(text, 0, 'latin1') || bytes.includes(text, 0, 'utf16le')) found.push(path);
  }
  return found;
}
