import type { Replay } from '../capture/replays.ts';
import { strings } from '../strings.ts';
import { Fidelity } from './fidelity.tsx';
import { ResponseChanges } from './response-changes.tsx';
import './compare.css';

const words = strings.compare;

/** A replay beside its original: what went out, and what came back. */
export function Compare({ replay: { snapshot, fidelity, response } }: { replay: Replay }) {
  const isRunning = snapshot.state === 'running';
  return (
    <div class="compare tab-scroll" role="group" aria-label={strings.response.tabs.compare} tabIndex={0}>
      <section aria-label={strings.compareStart.fidelity}>
        <h2>{strings.compareStart.fidelity}</h2>
        {fidelity !== null && <Fidelity report={fidelity} />}
        {fidelity === null && <p class="pane-hint">{isRunning ? words.pending : strings.compareStart.notSent}</p>}
      </section>
      <section aria-label={strings.compareStart.response}>
        <h2>{strings.compareStart.response}</h2>
        {response !== null && <ResponseChanges diff={response} />}
        {response === null && <p class="pane-hint">{isRunning ? words.pending : words.noResponse}</p>}
      </section>
    </div>
  );
}
