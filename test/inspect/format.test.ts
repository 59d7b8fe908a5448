import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration } from '../../src/inspect/format.ts';

describe('format', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [10_239, '10 KiB'],
    [1_048_575, '1 MiB'],
    [52_428_800, '50 MiB'],
    [1_181_116_006, '1.1 GiB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0, '0 ms'],
    [0.44, '0.4 ms'],
    [9.96, '10 ms'],
    [31.4, '31 ms'],
    [999.7, '1 s'],
    [1250, '1.25 s'],
    [75_040, '1 min 15 s'],
    [59_960, '1 min 0 s'],
    [12_340, '12.3 s'],
  ])('%f ms are %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

  it('groups digits', () => expect(formatCount(52_428_800)).toBe('52,428,800'));
});
