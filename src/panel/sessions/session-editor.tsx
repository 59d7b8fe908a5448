import { useState } from 'preact/hooks';
import { ownAuthTypes } from '../../model/draft.ts';
import type { SessionSettings } from '../../model/session.ts';
import { AuthFields } from '../composer/auth-fields.tsx';
import { RowsEditor } from '../composer/rows-editor.tsx';
import { liveRows } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { TabList, TabPanel, type TabItem } from '../widgets/tabs.tsx';
import { AdaptersPane } from './adapters-pane.tsx';
import { CookiesPane } from './cookies-pane.tsx';
import { DefaultsOff } from './defaults-off.tsx';
import { RulesPane } from './rules-pane.tsx';

const words = strings.sessions;
const NAME = 'session';
const tabs = ['general', 'headers', 'params', 'auth', 'adapters', 'cookies'] as const;
type SessionTab = (typeof tabs)[number];

interface SessionEditorProps {
  workbench: Workbench;
  session: SessionSettings;
}

/** One session, part by part. */
export function SessionEditor({ workbench, session }: SessionEditorProps) {
  const [tab, setTab] = useState<SessionTab>('general');
  const [asText, setAsText] = useState(false);
  const change = (settings: Partial<SessionSettings>): void => workbench.sessions.put({ ...session, ...settings });
  return (
    <section class="session-editor" aria-label={words.editor}>
      <div class="tab-bar">
        <TabList
          label={words.editor}
          name={NAME}
          items={tabs.map((id) => tabItem(id, session))}
          selected={tab}
          onSelect={setTab}
        />
      </div>
      <TabPanel key={tab} name={NAME} id={tab} class="session-pane">
        {tab === 'general' && <RulesPane session={session} onChange={change} />}
        {(tab === 'headers' || tab === 'params') && (
          <>
            <RowsEditor
              label={tab === 'headers' ? words.headersTable : words.paramsTable}
              rows={session[tab]}
              asText={asText}
              onAsText={setAsText}
              onChange={(rows) => change({ [tab]: [...rows] })}
            />
            <p class="pane-hint">{tab === 'headers' ? words.headersHint : words.paramsHint}</p>
            {tab === 'headers' && <DefaultsOff workbench={workbench} session={session} onChange={change} />}
          </>
        )}
        {tab === 'auth' && (
          <div class="form-grid">
            <AuthFields
              auth={session.auth}
              types={ownAuthTypes}
              note={session.auth.type === 'none' ? words.noAuth : strings.auth.notes[session.auth.type]}
              onChange={(auth) => change({ auth: { ...session.auth, ...auth } })}
            />
          </div>
        )}
        {tab === 'cookies' && <CookiesPane store={workbench.sessions} session={session} />}
        {tab === 'adapters' && <AdaptersPane workbench={workbench} session={session} onChange={change} />}
      </TabPanel>
    </section>
  );
}

function tabItem(id: SessionTab, session: SessionSettings): TabItem<SessionTab> {
  const mark = markOf(id, session);
  return { id, label: words.tabs[id], ...(mark === null ? {} : { mark }) };
}

function markOf(id: SessionTab, session: SessionSettings) {
  switch (id) {
    case 'headers':
    case 'params':
      return liveRows(session[id]).length || null;
    case 'auth':
      return session.auth.type === 'none' ? null : <span class="tab-dot" />;
    case 'adapters':
      return session.adapters.length;
    case 'general':
    case 'cookies':
      return null;
  }
}
