import type { Problem } from './body-view.ts';

/** Where in a text (UTF-8) a mistake stands, in lines and characters. */
export function placeOf(bytes: Uint8Array, { message, offset }: { message: string; offset: number }): Problem {
  let line = 1;
  let lineStart = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const column = countCharacters(bytes.subarray(lineStart, offset)) + 1;
  return { message, line, column, position: countCharacters(bytes.subarray(0, offset)) };
}

function countCharacters(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) count++;
  return count;
}
