import process from 'node:process';
import { defineConfig } from 'vitest/config';

const slowBits = ['test/e2e/**', 'test/vectors/**', 'test/differential/**', 'test/slow/**', 'test/bench/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: slowBits,
          // Properties over hundreds of cases take seconds where the machine is busy.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'differential',
          include: ['test/differential/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Two browsers at a time, for most of a scenario is waiting; where nobody waits for the result, one in peace.
          maxWorkers: process.env['CI'] === undefined ? 2 : 1,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['test/slow/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
