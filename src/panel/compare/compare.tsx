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
      <section aria-label={words.fidelity}>
        <h2>{words.fidelity}</h2>
        {fidelity !== null && <Fidelity report={fidelity} />}
        {fidelity === null && <p class="pane-hint">{isRunning ? words.pending : words.notSent}</p>}
      </section>
      <section aria-label={words.response}>
        <h2>{words.response}</h2>
        {response !== null && <ResponseChanges diff={response} />}
        {response === null && <p class="pane-hint">{isRunning ? words.pending : words.noResponse}</p>}
      </section>
    </div>
  );
}
