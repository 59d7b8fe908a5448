import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { Idle } from '../idle.tsx';
import { lazyModule } from '../lazy-module.ts';
import type { ResponseState } from '../response-state.ts';
import { emptyWords, useBodySource } from './body-source.ts';

interface BodyTabProps {
  snapshot: ExchangeSnapshot;
  state: ResponseState;
}

/** Toolbar, search and the viewers. */
const loadedBody = lazyModule(() => import('./loaded-body.tsx'));
export const preloadViewers = loadedBody.preload;

/** The body, or why there is none. */
export function BodyTab({ snapshot, state }: BodyTabProps) {
  const source = useBodySource(snapshot);
  const viewers = loadedBody.use();
  const words = strings.response.body;
  if (source === null || viewers === null) {
    return (
      <section class="body-region" aria-label={words.region}>
        {snapshot.state === 'idle' ? (
          <Idle />
        ) : (
          <p class="pane-hint body-empty">{source === null ? emptyWords(snapshot) : words.loading}</p>
        )}
      </section>
    );
  }
  return <viewers.LoadedBody source={source} snapshot={snapshot} state={state} />;
}
