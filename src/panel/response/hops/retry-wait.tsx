import { Hourglass } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from '../../../inspect/format.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';

const words = strings.hops;
const TICK = 100;

type Waiting = NonNullable<ExchangeSnapshot['waiting']>;

/** The wait before the next attempt, counting down: why there is one, and who asked for it. */
export function RetryWait({ waiting }: { waiting: Waiting }) {
  const { wait, attempt, reason, asked, left, at } = waiting;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  const rest = at === undefined ? wait : Math.max(0, at + wait - now);
  return (
    <div class="retry-wait" role="group" aria-label={words.wait}>
      <Icon of={Hourglass} size={12} />
      <span>
        <strong>{words.waiting(attempt + 1)}</strong> {words.because(reason)}
      </span>
      <span class="hop-facts">
        <span aria-hidden="true">{words.goesOnIn(`${(rest / 1000).toFixed(1)} s`)}</span>
        <span>{asked === true ? words.retryAfter(formatDuration(wait)) : words.backoff(formatDuration(wait))}</span>
        {typeof left === 'number' && <span>{words.left(left)}</span>}
      </span>
    </div>
  );
}
