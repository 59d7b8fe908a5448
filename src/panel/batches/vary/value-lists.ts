import type { VaryValues } from '../../../model/batch.ts';
import { builtInLists } from './built-in-lists.ts';

/** The values that a list stands for, made one by one when they are needed. */
export interface ValueList {
  readonly count: number;
  at(index: number): string;
}

const NONE: ValueList = { count: 0, at: () => '' };

export function openValues(values: VaryValues): ValueList {
  switch (values.source) {
    case 'list':
      return ofArray(values.values);
    case 'built-in':
      return ofArray(builtInLists[values.list]);
    case 'range': {
      const { from, to, step, width } = values;
      if (step === 0 || (to - from) / step < 0) return NONE;
      return {
        // A hair more, so that 0 to 1 by 0.1 has eleven.
        count: Math.floor((to - from) / step + 1e-9) + 1,
        at: (index) => written(from + index * step, step, from, width),
      };
    }
  }
}

const ofArray = (values: readonly string[]): ValueList => ({
  count: values.length,
  at: (index) => values[index] ?? '',
});

/** With as many decimals as the range was written with, and zeros in front up to the width. */
function written(value: number, step: number, from: number, width: number): string {
  const decimals = Math.max(decimalsOf(step), decimalsOf(from));
  const text = Math.abs(value).toFixed(decimals);
  return `${value < 0 ? '-' : ''}${text.padStart(width, '0')}`;
}

const decimalsOf = (value: number): number => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;

/** One value a line; the last line's end makes no further one. */
export const valuesFromText = (text: string): string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);
