import { computed } from '@preact/signals';
import { render } from 'preact';
import { draftsInMemory, openDraftStorage, type DraftStorage } from '../storage/drafts.ts';
import { MigrationError } from '../storage/open-database.ts';
import { App } from './app.tsx';
import { connectBackground } from './background-client.ts';
import { openCapture, startCapture } from './capture/open-capture.tsx';
import { inspectedNetwork } from './inspected-network.ts';
import { openHistory } from './history/open-history.tsx';
import { platform } from './platform.ts';
import { createStage } from './stage.ts';
import { keepRequests, momentOf } from './state/keep-requests.ts';
import { newestDraft } from './state/last-moment.ts';
import { createOpenRequests } from './state/open-requests.ts';
import { createPreferences, pageStorage } from './state/preferences.ts';
import { slotOfTab } from './state/slot.ts';
import { createWorkbench } from './state/workbench.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/widgets.css';
import './styles/composer.css';
import './styles/nav.css';

const { inspectedTab, isPrivate, isMac, version, memory } = platform;
// At once: what the page sends while the rest is being opened must not be missed.
const listening = inspectedTab === null ? null : startCapture(inspectedNetwork());
const slot = inspectedTab === null ? await slotOfTab(navigator.locks, sessionStorage) : String(inspectedTab);

/** The database that could not be brought up to date. */
let broken: string | null = null;
// A private window leaves nothing on disk, and Firefox gives its panel no IndexedDB.
const storage: DraftStorage = isPrivate
  ? draftsInMemory()
  : await openDraftStorage().catch((error: unknown) => {
      if (!(error instanceof MigrationError)) throw error;
      broken = error.database;
      return draftsInMemory();
    });
const loaded = await storage.load(slot);
const { setAside } = loaded;
const open = await Promise.all(
  loaded.open.map(async (saved) => ({
    tab: saved.tab,
    draft: isPrivate ? saved.draft : await newestDraft(memory, momentOf(slot, saved.tab), saved),
  })),
);
const client = connectBackground(platform);
const requests = createOpenRequests({ ...loaded, open });
const workbench = createWorkbench({ client, version, requests });
const stage = createStage(workbench.exchange);
const lists = [
  openCapture({ listening, client, workbench, stage }),
  openHistory({ client, workbench, stage, isPrivate }),
];

const saving = keepRequests({ requests, storage, slot, memory: isPrivate ? null : memory });
addEventListener('pagehide', () => saving.flush());
document.addEventListener('visibilitychange', () => saving.flush());

const keeping = computed(() => ({
  setAside,
  lasting: storage.lasting || isPrivate,
  failed: saving.failed.value,
  broken,
}));
const root = document.querySelector('#app');
if (root !== null) {
  render(
    <App
      workbench={workbench}
      preferences={createPreferences(pageStorage())}
      keeping={keeping}
      inTab={inspectedTab === null}
      isMac={isMac}
      lists={lists}
      stage={stage}
    />,
    root,
  );
}
