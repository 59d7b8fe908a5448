/** One figure of a benchmark: a ratio of two things measured side by side in one run, or a time with a fixed bound. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: '×' | 'ms' | 'KiB' | 'MiB';
  /** It must not be above this. */
  readonly limit: number;
}
