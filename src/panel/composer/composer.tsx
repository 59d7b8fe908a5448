import { useState } from 'preact/hooks';
import type { Draft } from '../../model/draft.ts';
import { lazyModule } from '../response/lazy-module.ts';
import { newDraft } from '../state/new-draft.ts';
import { headerNotes, notesAbout, type PlanNote } from '../state/plan.ts';
import { isLive } from '../state/extraction.ts';
import { liveRows } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { TabList, TabPanel, type TabItem } from '../widgets/tabs.tsx';
import { AuthPane } from './auth-pane.tsx';
import { BodyPane } from './body-pane.tsx';
import { ContextPickers } from './context-pickers.tsx';
import { HeadersPane } from './headers-pane.tsx';
import { OptionsPane } from './options-pane.tsx';
import { ParamsPane } from './params-pane.tsx';

const tabs = ['params', 'headers', 'body', 'auth', 'options', 'variables'] as const;
export type ComposerTab = (typeof tabs)[number];
const NAME = 'request';

interface ComposerProps {
  workbench: Workbench;
  tab: ComposerTab;
  /** Shows session and environment beside the tabs. */
  withContext: boolean;
  onTab: (tab: ComposerTab) => void;
}

/** The parts of a request, each behind its tab. */
export function Composer({ workbench, tab, withContext, onTab }: ComposerProps) {
  const [asText, setAsText] = useState({ params: false, headers: false, form: false });
  const draft = workbench.drafts.draft.value;
  const { plan } = workbench.preview.value;
  const textToggle = (which: keyof typeof asText) => ({
    asText: asText[which],
    onAsText: (on: boolean) => setAsText({ ...asText, [which]: on }),
  });

  return (
    <div class="composer">
      <div class="tab-bar">
        <TabList
          label={strings.tabs.request}
          name={NAME}
          items={tabs.map((id) => tabItem(id, draft, plan))}
          selected={tab}
          onSelect={onTab}
        />
        {withContext && <ContextPickers workbench={workbench} />}
      </div>
      <TabPanel key={tab} name={NAME} id={tab} class={`pane-${tab}`}>
        {tab === 'params' && <ParamsPane workbench={workbench} {...textToggle('params')} />}
        {tab === 'headers' && <HeadersPane workbench={workbench} {...textToggle('headers')} />}
        {tab === 'body' && (
          <BodyPane
            workbench={workbench}
            formAsText={asText.form}
            onFormAsText={(on) => setAsText({ ...asText, form: on })}
          />
        )}
        {tab === 'auth' && <AuthPane workbench={workbench} />}
        {tab === 'options' && <OptionsPane workbench={workbench} />}
        {tab === 'variables' && <Variables workbench={workbench} />}
      </TabPanel>
    </div>
  );
}

/** Most requests have none of their own, and take nothing out of a response. */
const variablesPane = lazyModule(() => import('./variables-pane.tsx'));

function Variables({ workbench }: { workbench: Workbench }) {
  const pane = variablesPane.use();
  return pane === null ? null : <pane.VariablesPane workbench={workbench} />;
}

const defaults = newDraft();

function tabItem(id: ComposerTab, draft: Draft, plan: readonly PlanNote[]): TabItem<ComposerTab> {
  const notes = id === 'headers' ? headerNotes(plan).length : id === 'body' ? notesAbout(plan, ':body').length : 0;
  const mark = markOf(id, draft);
  return {
    id,
    label: strings.tabs[id],
    hint: notes === 0 ? undefined : strings.tabs.notes(notes),
    ...(mark === null && notes === 0
      ? {}
      : {
          mark: (
            <>
              {mark}
              {notes > 0 && <span class="tab-warning" />}
            </>
          ),
        }),
  };
}

/** A count, a dot where there is something, or nothing. */
function markOf(id: ComposerTab, draft: Draft) {
  const dot = <span class="tab-dot" />;
  switch (id) {
    case 'params':
      return liveRows(draft.params).length || null;
    case 'headers':
      return liveRows(draft.headers).length || null;
    case 'body':
      return draft.body.type === 'none' ? null : dot;
    case 'auth':
      return draft.auth.type === 'none' || draft.auth.type === 'inherit' ? null : dot;
    case 'variables':
      return liveRows(draft.variables).length + draft.extract.filter(isLive).length || null;
    case 'options':
      break;
  }
  return JSON.stringify(draft.options) === JSON.stringify(defaults.options) ? null : dot;
}
