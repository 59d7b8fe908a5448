import { formatBytes, formatDuration } from '../../../inspect/format.ts';
import type { Hop } from '../../../model/exchange.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { RetryWait } from '../hops/retry-wait.tsx';
import { protocolName } from '../status/status-bar.tsx';
import { FactGroup, FactRow } from './fact-group.tsx';
import { PhaseTable } from './phase-table.tsx';
import { ServerTiming } from './server-timing.tsx';
import { TlsFacts } from './tls-facts.tsx';
import { waterfall } from './waterfall.ts';
import { WaterfallChart } from './waterfall-chart.tsx';

const words = strings.timing;

/** Where the time and the bytes went. */
export function TimingTab({ snapshot }: { snapshot: ExchangeSnapshot }) {
  const { hops, elapsed, duration, head, waiting } = snapshot;
  const last = hops.at(-1);
  if (!last) return <p class="pane-hint tab-hint">{words.nothing}</p>;
  const picture = waterfall(hops, duration);
  return (
    <div class="tab-scroll timing">
      {waiting !== null && <RetryWait waiting={waiting} />}
      <WaterfallChart picture={picture} />
      <PhaseTable picture={picture} />
      {hops.some((hop) => hop.phases === null) && <p class="pane-hint tab-hint">{words.noPhasesNote}</p>}
      <div class="fact-groups">
        <FactGroup title={words.summary}>
          {elapsed !== null && head !== null && <FactRow name={words.elapsed}>{formatDuration(elapsed)}</FactRow>}
          {duration !== null && <FactRow name={words.duration}>{formatDuration(duration)}</FactRow>}
          {last.sizes !== null && (
            <>
              <FactRow name={words.transferred}>{formatBytes(last.sizes.transferred)}</FactRow>
              <FactRow name={words.encoded}>{formatBytes(last.sizes.encoded)}</FactRow>
              <FactRow name={words.decoded}>{formatBytes(last.sizes.decoded)}</FactRow>
            </>
          )}
        </FactGroup>
        <Connection hop={last} />
        <TlsFacts hop={last} />
      </div>
      <ServerTiming lines={head?.headers ?? last.response?.headers ?? []} />
    </div>
  );
}

function Connection({ hop: { response, ip, proxy } }: { hop: Hop }) {
  return (
    <FactGroup title={words.connection}>
      <FactRow name={words.protocol}>
        {response?.httpVersion ? protocolName(response.httpVersion) : words.notTold}
      </FactRow>
      <FactRow name={words.address}>{ip ?? words.notTold}</FactRow>
      <FactRow name={words.proxy}>{proxy ?? words.direct}</FactRow>
    </FactGroup>
  );
}
