import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
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

interface ResponsePaneProps extends FailureActions {
  exchange: ReadonlySignal<ExchangeSnapshot>;
}

const NAME = 'response';
const words = strings.response;

/** Everything that came back, and how it came about: one exchange, from idle to its end. */
export function ResponsePane({ exchange, ...actions }: ResponsePaneProps) {
  const state = useMemo(createResponseState, []);
  const snapshot = exchange.value;
  const isIdle = snapshot.state === 'idle';
  useEffect(() => {
    if (isIdle) return;
    // While one waits for the response, what will show it is loaded.
    preloadViewers();
    preloadDetails();
  }, [isIdle]);
  const tab = state.tab.value;
  return (
    <section class="response" aria-label={words.region}>
      <StatusBar snapshot={snapshot} />
      {snapshot.error !== null && <Failure snapshot={snapshot} error={snapshot.error} {...actions} />}
      <Warnings warnings={snapshot.warnings} />
      <div class="tab-bar">
        <TabList
          label={words.region}
          name={NAME}
          items={responseTabs.map((id) => tabItem(id, snapshot))}
          selected={tab}
          onSelect={(id) => {
            state.tab.value = id;
          }}
        />
      </div>
      <TabPanel key={tab} name={NAME} id={tab} class={`response-${tab}`}>
        <TabContent tab={tab} snapshot={snapshot} state={state} />
      </TabPanel>
    </section>
  );
}

function TabContent({ tab, snapshot, state }: { tab: ResponseTab; snapshot: ExchangeSnapshot; state: ResponseState }) {
  if (tab === 'body') return <BodyTab snapshot={snapshot} state={state} />;
  if (tab === 'headers') return <HeadersTab snapshot={snapshot} filter={state.headerFilter} />;
  return <DetailTab tab={tab} snapshot={snapshot} />;
}

function tabItem(id: ResponseTab, snapshot: ExchangeSnapshot): TabItem<ResponseTab> {
  const count = countOf(id, snapshot);
  return { id, label: words.tabs[id], ...(count === null ? {} : { mark: count }) };
}

/** How much there is behind a tab; null for nothing worth a number. */
function countOf(id: ResponseTab, { head, hops }: ExchangeSnapshot): number | null {
  if (id === 'headers') return head?.headers.length ?? null;
  if (id === 'cookies') return hops.reduce((sum, hop) => sum + hop.cookies.length, 0) || null;
  if (id === 'hops') return hops.length > 1 ? hops.length : null;
  return null;
}
