import type { ReadonlySignal, Signal } from '@preact/signals';
import { Eye, EyeOff } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { TakenValues } from '../environments/taken-values.tsx';
import type { StagedExchange } from '../stage.ts';
import type { ExchangeSnapshot } from '../state/exchange.ts';
import type { TakenState } from '../state/extraction.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { TabList, TabPanel, type TabItem } from '../widgets/tabs.tsx';
import { BodyTab, preloadViewers } from './body/body-tab.tsx';
import { DetailTab, preloadDetails } from './detail-tab.tsx';
import { HeadersTab } from './headers/headers-tab.tsx';
import './response.css';
import { createResponseState, responseTabs, type ResponseState, type ResponseTab } from './response-state.ts';
import { SecretsContext } from './secrets-context.ts';
import { Failure, Warnings, type FailureActions } from './status/failure.tsx';
import { StatusBar } from './status/status-bar.tsx';
import { useSettled } from './use-settled.ts';

interface ResponsePaneProps extends FailureActions {
  exchange: ReadonlySignal<ExchangeSnapshot>;
  /** What the exchange is, where it is not the draft's own. */
  staged?: StagedExchange | null;
  /** What was taken out of the response. */
  taken?: TakenState | undefined;
  /** Names that are secret besides the known ones. */
  marked?: readonly string[];
  /** Whether secrets are to be seen, where others than this pane must know. */
  secretsShown?: Signal<boolean>;
}

const NONE: readonly string[] = [];

const NAME = 'response';
const words = strings.response;

/** Everything that came back, and how it came about: one exchange, from idle to its end. */
export function ResponsePane({
  exchange,
  staged = null,
  taken,
  marked = NONE,
  secretsShown,
  ...actions
}: ResponsePaneProps) {
  const state = useMemo(() => createResponseState(secretsShown), [secretsShown]);
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
  const shown = state.secretsShown.value;
  return (
    <SecretsContext.Provider value={{ shown, marked }}>
      <section class="response" aria-label={words.region}>
        {staged?.bar()}
        <StatusBar snapshot={snapshot} />
        {snapshot.error !== null && <Failure snapshot={snapshot} error={snapshot.error} {...actions} />}
        <Warnings warnings={snapshot.warnings} />
        {staged === null && <TakenValues snapshot={snapshot} taken={taken} />}
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
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={words.showSecrets}
            hint={shown ? words.hideSecretsHint : words.showSecretsHint}
            pressed={shown}
            onClick={() => (state.secretsShown.value = !shown)}
          />
        </div>
        <TabPanel key={tab} name={NAME} id={tab} class={`response-${tab}`}>
          {tab === 'compare' ? comparison : <TabContent tab={tab} snapshot={settled} state={state} />}
        </TabPanel>
      </section>
    </SecretsContext.Provider>
  );
}

interface TabContentProps {
  tab: Exclude<ResponseTab, 'compare'>;
  snapshot: ExchangeSnapshot;
  state: ResponseState;
}

function TabContent({ tab, snapshot, state }: TabContentProps) {
  if (tab === 'body') return <BodyTab snapshot={snapshot} state={state} />;
  if (tab === 'headers')
    return <HeadersTab snapshot={snapshot} filter={state.headerFilter} explained={state.headersExplained} />;
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
