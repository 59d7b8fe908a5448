import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ExchangeSnapshot } from './state/exchange.ts';

/** An exchange that is shown in the place of the draft's own: a captured one, its replay, one of the past. */
export interface StagedExchange {
  readonly snapshot: ReadonlySignal<ExchangeSnapshot>;
  /** Stands above it and says what it is. */
  readonly bar: () => ComponentChildren;
  /** What the tab `Compare` holds; null when there is nothing to compare. */
  readonly compare: () => ComponentChildren | null;
  /** How much differs, for the tab; null for nothing worth a number. */
  readonly compareMark: () => number | null;
}

/** What the response side shows. */
export interface Stage {
  /** null: the exchange of the draft. */
  readonly staged: Signal<StagedExchange | null>;
  readonly shown: ReadonlySignal<ExchangeSnapshot>;
}

export function createStage(own: ReadonlySignal<ExchangeSnapshot>): Stage {
  const staged = signal<StagedExchange | null>(null);
  return { staged, shown: computed(() => (staged.value?.snapshot ?? own).value) };
}
