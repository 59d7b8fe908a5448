import { expect, test } from 'vitest';
import { BodyUnreadable, readBytes } from '../../src/inspect/read-bytes.ts';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('bytes are read from a place to another, or to the end', async () => {
  const blob = new Blob(['0123456789']);
  expect(text(await readBytes(blob, 2, 5))).toBe('234');
  expect(text(await readBytes(blob, 8, 20))).toBe('89');
  expect(text(await readBytes(blob, 7))).toBe('789');
});

test('a Blob that reads as nothing is an error, not an empty body', async () => {
  /** As Firefox has it when the file behind a Blob is gone. */
  const lost = new Blob(['0123456789']);
  lost.slice = () => new Blob([]);
  await expect(readBytes(lost, 0, 5)).rejects.toBeInstanceOf(BodyUnreadable);
});
