import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { StagedExchange } from '../stage.ts';
import type { ExchangeSnapshot } from '../state/exchange.ts';
import { strings } from '../strings.ts';
import { TabList, TabPanel, type TabItem } from '../widgets/tabs.tsx';
import { BodyTab, preloadViewers } from './body/body-tab.tsx';
import { DetailTab, preloadDetails } from './detail-tab.tsx';
import { HeadersTab } from './headers/headers-tab.tsx';
import './response.css';
import { createResponseState, responseTabs, type ResponseState, type ResponseTab } from './response-state.ts';
import { Failure, Warnings, type FailureActions } from './status/failure.tsx';
import { StatusBar } from './status/status-bar.tsx';
import { useSettled } from './use-settled.ts';

interface ResponsePaneProps extends FailureActions {
  exchange: ReadonlySignal<ExchangeSnapshot>;
  /** What the exchange is, where it is not the draft's own. */
  staged?: StagedExchange | null;
}

const NAME = 'response';
const words = strings.response;

/** Everything that came back, and how it came about: one exchange, from idle to its end. */
export function ResponsePane({ exchange, staged = null, ...actions }: ResponsePaneProps) {
  const state = useMemo(createResponseState, []);
  const snapshot = exchange.value;
  const settled = useSettled(snapshot);
  const isIdle = snapshot.state === 'idle';
  useEffect(() => {
    if (isIdle) return;
    // While one waits for the response, what will show it is loaded.
    preloadViewers();
    preloadDetails();
  }, [isIdle]);
  const comparison = staged?.compare() ?? null;
  const tabs = responseTabs.filter((id) => id !== 'compare' || comparison !== null);
  const tab = tabs.includes(state.tab.value) ? state.tab.value : 'body';
  return (
    <section class="response" aria-label={words.region}>
      {staged?.bar()}
      <StatusBar snapshot={snapshot} />
      {snapshot.error !== null && <Failure snapshot={snapshot} error={snapshot.error} {...actions} />}
      <Warnings warnings={snapshot.warnings} />
      <div class="tab-bar">
        <TabList
          label={words.region}
          name={NAME}
          items={tabs.map((id) =>
            tabItem(id, id === 'compare' ? (staged?.compareMark() ?? null) : countOf(id, settled)),
          )}
          selected={tab}
          onSelect={(id) => {
            state.tab.value = id;
          }}
        />
      </div>
      <TabPanel key={tab} name={NAME} id={tab} class={`response-${tab}`}>
        {tab === 'compare' ? comparison : <TabContent tab={tab} snapshot={settled} state={state} />}
      </TabPanel>
    </section>
  );
}

interface TabContentProps {
  tab: Exclude<ResponseTab, 'compare'>;
  snapshot: ExchangeSnapshot;
  state: ResponseState;
}

function TabContent({ tab, snapshot, state }: TabContentProps) {
  if (tab === 'body') return <BodyTab snapshot={snapshot} state={state} />;
  if (tab === 'headers') return <HeadersTab snapshot={snapshot} filter={state.headerFilter} />;
  return <DetailTab tab={tab} snapshot={snapshot} />;
}

function tabItem(id: ResponseTab, count: number | null): TabItem<ResponseTab> {
  return { id, label: words.tabs[id], ...(count === null ? {} : { mark: count }) };
}

/** How much there is behind a tab; null for nothing worth a number. */
function countOf(id: ResponseTab, { head, hops }: ExchangeSnapshot): number | null {
  if (id === 'headers') return head?.headers.length ?? null;
  if (id === 'cookies') return hops.reduce((sum, hop) => sum + hop.cookies.length, 0) || null;
  if (id === 'hops') return hops.length > 1 ? hops.length : null;
  return null;
}
