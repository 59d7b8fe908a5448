import { formatCount } from '../../inspect/format.ts';
import type { BatchOptions } from '../../model/batch.ts';
import { strings } from '../strings.ts';

const words = strings.batches;

/** Requests of one batch, all rounds together. */
export const MOST_REQUESTS = 100_000;
const MOST_PARALLEL = 50;

/** The numbers of a batch as they are typed. */
export type TypedOptions = Readonly<Record<'parallel' | 'delay' | 'perSecond' | 'rounds', string>>;

export const typedOptions = ({ parallel, delay, perSecond, rounds }: BatchOptions): TypedOptions => ({
  parallel: String(parallel),
  delay: String(delay),
  perSecond: perSecond === null ? '' : String(perSecond),
  rounds: String(rounds),
});

/** Reads them; what cannot be read keeps its value and is told. `count`: requests of one round. */
export function readOptions(
  typed: TypedOptions,
  before: BatchOptions,
  count: number,
): { options: BatchOptions; problems: Partial<Record<keyof TypedOptions, string>> } {
  const problems: Partial<Record<keyof TypedOptions, string>> = {};
  const read = (name: keyof TypedOptions, isSound: (value: number) => boolean, problem: string): number => {
    const text = typed[name].trim();
    const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!isSound(value)) problems[name] = problem;
    return value;
  };
  const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;
  const mostRounds = Math.max(1, Math.floor(MOST_REQUESTS / Math.max(1, count)));
  const options: BatchOptions = {
    parallel: read('parallel', (value) => isCount(value) && value <= MOST_PARALLEL, words.parallelProblem),
    delay: read('delay', (value) => value <= 3_600_000, words.delayProblem),
    perSecond:
      typed.perSecond.trim() === '' ? null : read('perSecond', (value) => value >= 0.01, words.perSecondProblem),
    rounds: read(
      'rounds',
      (value) => isCount(value) && value <= mostRounds,
      words.roundsProblem(formatCount(MOST_REQUESTS)),
    ),
    keep: before.keep,
  };
  return { options: Object.keys(problems).length === 0 ? options : before, problems };
}
