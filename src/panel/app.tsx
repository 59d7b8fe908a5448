import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { BodyCompareContext, type BodyCompareDoor } from './compare/bodies/open-body-compare.tsx';
import { Composer, type ComposerTab } from './composer/composer.tsx';
import { ContextPickers } from './composer/context-pickers.tsx';
import { RequestLine } from './composer/request-line.tsx';
import { REQUESTS, RequestTabs } from './composer/request-tabs.tsx';
import { VariableDialogs } from './environments/variable-dialogs.tsx';
import { useLayout } from './layout.ts';
import type { NavList } from './nav/nav.tsx';
import { useNav } from './nav/use-nav.tsx';
import { Notices, type DraftKeeping } from './notices.tsx';
import type { OverSlot } from './over.ts';
import { ResponsePane } from './response/response-pane.tsx';
import { SecretsContext } from './response/secrets-context.ts';
import { StreamContext } from './response/stream/stream-actions.ts';
import { SessionManager } from './sessions/session-picker.tsx';
import type { Stage } from './stage.ts';
import { homeSplit, type Preferences } from './state/preferences.ts';
import type { Workbench } from './state/workbench.ts';
import { strings } from './strings.ts';
import { startTokenAssist } from './tokens/token-assist.tsx';
import { TokenContext } from './tokens/token-context.ts';
import { listenForEscape, onEscape } from './widgets/escape.ts';
import { Splitter } from './widgets/splitter.tsx';
import { panelId, revealTabs, TabList, tabId, type TabItem } from './widgets/tabs.tsx';

const words = strings.app;
const NONE: readonly string[] = [];
const VIEW = 'view';
type View = 'request' | 'response';
const responseView: TabItem<View> = { id: 'response', label: words.viewResponse };
const views: readonly TabItem<View>[] = [{ id: 'request', label: words.viewRequest }, responseView];

interface AppProps {
  workbench: Workbench;
  preferences: Preferences & { save: () => void };
  keeping: ReadonlySignal<DraftKeeping>;
  /** Opened as a plain tab, not in DevTools. */
  inTab: boolean;
  isMac: boolean;
  lists?: readonly NavList[];
  /** What the response side shows, where that may be something else than the draft's own exchange. */
  stage?: Stage;
  /** What stands in the place of the request for a while. */
  over?: OverSlot;
  /** Names that are secret besides the known ones. */
  marked?: ReadonlySignal<readonly string[]>;
  compareBodies?: BodyCompareDoor;
  /** Opens the settings. */
  settings?: ComponentChildren;
  /** What may open whatever stands in the place of the request. */
  dialogs?: ComponentChildren;
}

/** The whole panel, in one of three arrangements by its own width. */
export function App({
  workbench,
  preferences,
  keeping,
  inTab,
  isMac,
  lists = [],
  stage,
  over,
  marked,
  compareBodies,
  settings,
  dialogs,
}: AppProps) {
  const root = useRef<HTMLElement>(null);
  const layout = useLayout(root);
  const [tab, setTab] = useState<ComposerTab>('params');
  const [view, setView] = useState<View>('request');
  // Shown or hidden by the response side, for the lists as well.
  const secretsShown = useMemo(() => signal(false), []);
  const [areShown, names] = [secretsShown.value, marked?.value ?? NONE];
  const secrets = useMemo(() => ({ shown: areShown, marked: names }), [areShown, names]);
  const narrow = layout === 'narrow';
  const open = workbench.requests.active.value;
  const scopes = useMemo(
    () => computed(() => workbench.variables.scopesFor(workbench.drafts.draft.value)),
    [workbench],
  );
  useEffect(() => startTokenAssist(document, () => scopes.peek()), [scopes]);
  useLayoutEffect(() => {
    if (root.current !== null) revealTabs(root.current);
  }, [view, layout]);
  const covering = over?.value ?? null;
  // Whoever turns to another request wants to see its exchange.
  useEffect(() => {
    if (stage !== undefined) stage.staged.value = null;
    if (over !== undefined) over.value = null;
  }, [open, stage, over]);

  function send(): void {
    // What is not seen is not sent.
    if (over !== undefined && over.peek() !== null) return;
    if (stage !== undefined) stage.staged.value = null;
    workbench.send();
    // Where only one of the two can be seen, sending shows what comes back.
    setView('response');
  }
  useKeys(workbench, send);
  function sendDraft(): void {
    if (over !== undefined) over.value = null;
    send();
  }

  const isStaged = (stage?.staged.value ?? null) !== null;
  const streams = useMemo(
    () => ({
      readLive: (id: string, from: number) => workbench.readLive(id, from),
      fetchRemote: (url: string) => workbench.fetchRemote(url),
      reconnect: isStaged ? null : (id: string) => workbench.reconnect(id),
    }),
    [workbench, isStaged],
  );

  const split = layout === 'wide' ? preferences.splitAcross : preferences.splitDown;
  const home = layout === 'wide' ? homeSplit.across : homeSplit.down;
  const nav = useNav(layout, lists, { preferences, setView });
  const panelProps = (which: View) =>
    narrow ? { role: 'tabpanel' as const, id: panelId(VIEW, which), 'aria-labelledby': tabId(VIEW, which) } : {};

  const viewBar = narrow && (
    <div class="tab-bar view-bar">
      {nav.opener}
      <TabList
        label={words.view}
        name={VIEW}
        items={covering === null ? views : [{ id: 'request', label: covering.label }, responseView]}
        selected={view}
        onSelect={setView}
      />
      <ContextPickers workbench={workbench} />
    </div>
  );

  return (
    <main class="app" ref={root} data-layout={layout}>
      <h1 class="sr-only">{words.title}</h1>
      <SessionManager workbench={workbench} marked={marked?.value ?? []} />
      <VariableDialogs variables={workbench.variables} lasting={keeping.value.lasting} />
      {dialogs}
      <Notices workbench={workbench} keeping={keeping.value} inTab={inTab} onSend={sendDraft} />
      <div class="desk" style={{ '--nav': `${preferences.splitNav.value * 100}%` }}>
        <SecretsContext.Provider value={secrets}>
          {nav.column}
          {compareBodies?.dialog}
        </SecretsContext.Provider>
        <div class="workbench" data-view={narrow ? view : 'both'} style={{ '--split': `${split.value * 100}%` }}>
          {covering === null ? (
            <div
              class="request-side"
              role="tabpanel"
              id={panelId(REQUESTS, open.tab)}
              aria-labelledby={tabId(REQUESTS, open.tab)}
            >
              <RequestTabs requests={workbench.requests} isMac={isMac}>
                {settings}
              </RequestTabs>
              <TokenContext.Provider value={scopes.value}>
                <RequestLine
                  key={open.tab}
                  workbench={workbench}
                  sendKey={isMac ? '⌘Enter' : 'Ctrl+Enter'}
                  onSend={send}
                />
                {viewBar}
                <div class="request-parts" hidden={narrow && view !== 'request'} {...panelProps('request')}>
                  <Composer key={open.tab} workbench={workbench} tab={tab} withContext={!narrow} onTab={setTab} />
                </div>
              </TokenContext.Provider>
            </div>
          ) : (
            <div class="request-side">
              {viewBar}
              <div class="request-parts" hidden={narrow && view !== 'request'} {...panelProps('request')}>
                {covering.content({ showResponse: () => setView('response') })}
              </div>
            </div>
          )}
          {!narrow && (
            <Splitter
              label={words.splitter}
              orientation={layout === 'wide' ? 'vertical' : 'horizontal'}
              share={split.value}
              home={home}
              onMove={(share) => {
                split.value = share;
                preferences.save();
              }}
            />
          )}
          <div class="response-side" hidden={narrow && view !== 'response'} {...panelProps('response')}>
            <StreamContext.Provider value={streams}>
              <BodyCompareContext.Provider value={compareBodies?.open ?? null}>
                <ResponsePane
                  exchange={stage?.shown ?? workbench.exchange}
                  staged={stage?.staged.value ?? null}
                  secretsShown={secretsShown}
                  {...(marked === undefined ? {} : { marked: marked.value })}
                  taken={workbench.extractions.latest.value.get(open.tab)}
                  onResend={send}
                  onOpenSite={(url) => workbench.openSite(url)}
                  onAskAccess={(url) => workbench.access.ask(url)}
                  onDefine={(name) => (workbench.variables.managing.value = { define: name })}
                />
              </BodyCompareContext.Provider>
            </StreamContext.Provider>
          </div>
        </div>
      </div>
    </main>
  );
}

/** The keys that work everywhere in the panel: Ctrl or Cmd with Enter sends, Esc cancels what is in flight. */
function useKeys(workbench: Workbench, send: () => void): void {
  useEffect(() => {
    const stopEscape = listenForEscape(window);
    const stopCancel = onEscape(() => workbench.cancel());
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      send();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      stopCancel();
      stopEscape();
    };
    // `send` differs by name only: it reads nothing of the render that made it.
  }, [workbench]);
}
