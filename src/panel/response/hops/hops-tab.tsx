import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { RetryWait } from './retry-wait.tsx';
import { HopItem } from './hop-item.tsx';

const words = strings.hops;

/** The way of the request: each redirect, challenge and retry. */
export function HopsTab({ snapshot: { hops, startedAt, waiting } }: { snapshot: ExchangeSnapshot }) {
  if (hops.length === 0) return <p class="pane-hint tab-hint">{words.nothing}</p>;
  return (
    <div class="tab-scroll">
      <ol class="hops" aria-label={words.list}>
        {hops.map((hop) => (
          <HopItem key={`${startedAt} ${hop.index}`} hop={hop} isOnly={hops.length === 1} />
        ))}
      </ol>
      {waiting !== null && <RetryWait waiting={waiting} />}
    </div>
  );
}
