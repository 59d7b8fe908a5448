import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { Idle } from '../idle.tsx';
import { emptyWords } from './empty-words.ts';

/** Why there is nothing to look at: what is known of it, unless `why` is another reason. */
export function NoBody({ snapshot, why = null }: { snapshot: ExchangeSnapshot; why?: string | null }) {
  return (
    <section class="body-region" aria-label={strings.response.body.region}>
      {snapshot.state === 'idle' ? <Idle /> : <p class="pane-hint body-empty">{why ?? emptyWords(snapshot)}</p>}
    </section>
  );
}
