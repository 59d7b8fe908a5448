import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { lazyModule } from '../lazy-module.ts';
import type { ResponseState } from '../response-state.ts';
import { NoBody } from './no-body.tsx';

interface BodyTabProps {
  snapshot: ExchangeSnapshot;
  state: ResponseState;
}

/** What a body is, toolbar, search and the viewers. */
const viewers = lazyModule(() => import('./body-view.tsx'));
export const preloadViewers = viewers.preload;

/** The body, or why there is none. */
export function BodyTab({ snapshot, state }: BodyTabProps) {
  const loaded = viewers.use();
  if (loaded !== null) return <loaded.BodyView snapshot={snapshot} state={state} />;
  const isHere = snapshot.body !== null || snapshot.bodyPart !== null;
  return <NoBody snapshot={snapshot} why={isHere ? strings.response.body.loading : null} />;
}
