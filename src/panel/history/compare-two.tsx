import { ResponseChanges } from '../compare/response-changes.tsx';
import '../compare/compare.css';
import { strings } from '../strings.ts';
import type { ExchangeDiff } from './compare-exchanges.ts';

const words = strings.history;

/** What two exchanges of the past differ in: what went out, and what came back. */
export function CompareTwo({ diff: { request, response } }: { diff: ExchangeDiff }) {
  return (
    <div class="compare tab-scroll">
      <section aria-label={words.compare.request}>
        <h2>{words.compare.request}</h2>
        <ResponseChanges diff={request} />
      </section>
      <section aria-label={words.compare.response}>
        <h2>{words.compare.response}</h2>
        {response === null ? <p class="pane-hint">{words.compare.noResponse}</p> : <ResponseChanges diff={response} />}
      </section>
    </div>
  );
}
