import type { ExchangeSnapshot } from '../state/exchange.ts';
import { strings } from '../strings.ts';
import { lazyModule } from './lazy-module.ts';
import type { ResponseTab } from './response-state.ts';

const details = lazyModule(() => import('./details.tsx'));
export const preloadDetails = details.preload;

interface DetailTabProps {
  tab: Exclude<ResponseTab, 'body' | 'headers' | 'compare'>;
  snapshot: ExchangeSnapshot;
}

/** The tabs that are looked at less often, loaded when they first are. */
export function DetailTab({ tab, snapshot }: DetailTabProps) {
  const loaded = details.use();
  if (loaded === null) return <p class="pane-hint tab-hint">{strings.response.loading}</p>;
  const { CookiesTab, SentTab, HopsTab, TimingTab } = loaded;
  switch (tab) {
    case 'cookies':
      return <CookiesTab snapshot={snapshot} />;
    case 'sent':
      return <SentTab snapshot={snapshot} />;
    case 'hops':
      return <HopsTab snapshot={snapshot} />;
    case 'timing':
    default:
      return <TimingTab snapshot={snapshot} />;
  }
}
