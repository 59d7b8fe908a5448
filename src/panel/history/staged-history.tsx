import type { ReadonlySignal } from '@preact/signals';
import type { HistoryEntry } from '../../model/history.ts';
import { lazyModule } from '../response/lazy-module.ts';
import type { Stage, StagedExchange } from '../stage.ts';
import type { ExchangeSnapshot } from '../state/exchange.ts';
import { strings } from '../strings.ts';
import { methodKind } from '../widgets/method-kind.ts';
import { countDifferences, type ExchangeDiff } from './compare-exchanges.ts';

const words = strings.history;
const compare = lazyModule(() => import('./compare-two.tsx'));

function Two({ diff }: { diff: ExchangeDiff }) {
  const loaded = compare.use();
  return loaded === null ? null : <loaded.CompareTwo diff={diff} />;
}

interface Staged {
  snapshot: ReadonlySignal<ExchangeSnapshot>;
  entry: HistoryEntry;
  /** The exchange itself, the same request sent again, or the newer one of two. */
  kind: 'recorded' | 'sentAgain' | 'compared';
  /** The older one of two. */
  other?: HistoryEntry;
  diff?: ReadonlySignal<ExchangeDiff | null>;
  cancel?: () => void;
}

/** An exchange of the past on the response side, as it was. */
export function stagedHistory(stage: Stage, staged: Staged): StagedExchange {
  const { diff } = staged;
  return {
    snapshot: staged.snapshot,
    bar: () => <HistoryBar staged={staged} onBack={() => (stage.staged.value = null)} />,
    compare: () => (diff?.value ? <Two diff={diff.value} /> : null),
    compareMark: () => (diff?.value ? countDifferences(diff.value) || null : null),
  };
}

function HistoryBar({ staged, onBack }: { staged: Staged; onBack: () => void }) {
  const { entry, kind, other, snapshot, diff, cancel } = staged;
  const time = (at: number): string => new Date(at).toLocaleString();
  const differences = diff?.value ? countDifferences(diff.value) : null;
  return (
    <section class="entry-bar" aria-label={words.bar.region}>
      <div class="entry-bar-line">
        <p class="entry-bar-request" title={`${entry.method} ${entry.url}`}>
          <span class="entry-method" data-method={methodKind(entry.method)}>
            {entry.method}
          </span>{' '}
          {entry.url}
        </p>
        {snapshot.value.state === 'running' && cancel !== undefined && (
          <button type="button" class="button" title={words.bar.cancelHint} onClick={cancel}>
            {words.bar.cancel}
          </button>
        )}
        <button type="button" class="button" title={words.bar.backHint} onClick={onBack}>
          {words.bar.back}
        </button>
      </div>
      <p class="entry-bar-facts">
        <span>{words.bar[kind](time(entry.at), other === undefined ? '' : time(other.at))}</span>
        {differences !== null && <span aria-live="polite">{words.bar.differences(differences)}</span>}
      </p>
      {kind !== 'sentAgain' && entry.bodies !== 'none' && entry.bodies !== 'kept' && (
        <p class="entry-bar-note" data-tone="warning">
          {words.bodies[entry.bodies]}
        </p>
      )}
    </section>
  );
}
