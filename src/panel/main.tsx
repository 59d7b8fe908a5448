import { computed } from '@preact/signals';
import { render } from 'preact';
import { draftsInMemory, openDraftStorage, type DraftStorage } from '../storage/drafts.ts';
import { environmentStorage } from '../storage/environments.ts';
import { hearHistoryNews } from '../storage/history-news.ts';
import { historyReader } from '../storage/history-reader.ts';
import { provideKeyMemory } from '../storage/key-memory.ts';
import { MigrationError } from '../storage/open-database.ts';
import { erasePanelDatabase } from '../storage/panel-database.ts';
import { lockState, removePassphrase, setPassphrase } from '../storage/passphrase.ts';
import { restoreState } from '../storage/restore-state.ts';
import { hearSessionsChanged } from '../storage/sessions.ts';
import { changeSettings, hearSettings, readSettings } from '../storage/settings.ts';
import { storageUsage } from '../storage/usage.ts';
import { App } from './app.tsx';
import { connectBackground } from './background-client.ts';
import { openBatches } from './batches/open-batches.tsx';
import { openCapture, startCapture } from './capture/open-capture.tsx';
import { openBodyCompare } from './compare/bodies/open-body-compare.tsx';
import { openCollections } from './collections/open-collections.tsx';
import { inspectedNetwork } from './inspected-network.ts';
import { openHistory } from './history/open-history.tsx';
import { createOverSlot } from './over.ts';
import { Palette } from './palette/open-palette.tsx';
import { platform } from './platform.ts';
import { askToUnlock } from './lock/ask-to-unlock.tsx';
import { sealedDrafts } from './lock/sealed-drafts.ts';
import { createStage } from './stage.ts';
import { SettingsButton } from './settings/settings-button.tsx';
import type { SettingsActions } from './settings/settings-dialog.tsx';
import { createEnvironments } from './state/environments.ts';
import { keepRequests } from './state/keep-requests.ts';
import { newestRequests, unsavedTabs, type TabsMoment } from './state/last-tabs.ts';
import { createOpenRequests } from './state/open-requests.ts';
import { createPreferences, pageStorage } from './state/preferences.ts';
import { freshDraft } from './state/new-draft.ts';
import { slotOfTab } from './state/slot.ts';
import { applyTheme, createSettings } from './state/settings.ts';
import { createVariables } from './state/variables.ts';
import { createWorkbench } from './state/workbench.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/widgets.css';
import './styles/composer.css';
import './styles/nav.css';

const { inspectedTab, isMac, version, memory } = platform;
// At once: what the page sends while the rest is being opened must not be missed.
const listening = inspectedTab === null ? null : startCapture(inspectedNetwork());
const slot = inspectedTab === null ? await slotOfTab(navigator.locks, sessionStorage) : String(inspectedTab);

provideKeyMemory(platform.keyMemory);
const root = document.querySelector('#app');
/** What a person gets who has forgotten the passphrase: all goes, the background's first, for its keys are the others'. */
async function eraseWithKeys(): Promise<void> {
  await connectBackground(platform).changeHistory({ kind: 'erase' });
  await erasePanelDatabase(true);
  localStorage.clear();
}
const sealed = !platform.isPrivate && root !== null && (await askToUnlock(root, eraseWithKeys)) === 'sealed';
/** Nothing of this panel may be kept on disk. */
const isPrivate = platform.isPrivate || sealed;

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
const tabsNow = (): TabsMoment => ({
  order: requests.all.peek().map(({ tab }) => tab),
  active: requests.active.peek().tab,
  closed: requests.closed.peek().map(({ tab }) => tab),
});
// A restore that was cut off is undone, or done, before anything of either is shown.
if (storage.lasting && (await restoreState()) !== null) {
  const { settleRestore } = await import('./backup/settle-restore.ts');
  await settleRestore(() => connectBackground(platform).changeHistory({ kind: 'restore' })).catch(() => {});
}
const saved = await storage.load(slot);
const { setAside } = saved;
// The last moments outlive the page, not the browser: what is typed while it is locked is there after unlocking.
const loaded = platform.isPrivate ? saved : await newestRequests(memory, slot, saved);
const ofWindow = platform.isPrivate
  ? (await import('./history/private-history.ts')).privateHistory(() => settings.settings.peek().marked)
  : null;
const connected = connectBackground({ ...platform, isPrivate });
const client = ofWindow?.keep(connected) ?? connected;
const reader = ofWindow?.reader ?? historyReader;
const settings = await createSettings(
  storage.lasting || sealed ? { read: readSettings, change: changeSettings, hear: hearSettings } : null,
);
applyTheme(settings.settings, document.documentElement);
const requests = createOpenRequests(loaded, () => freshDraft(settings.settings.peek()));
const environments = createEnvironments({
  storage: storage.lasting ? environmentStorage : null,
  memory: isPrivate ? null : localStorage,
});
const workbench = createWorkbench({
  client,
  version,
  requests,
  hearSessions: hearSessionsChanged,
  variables: createVariables(environments),
});
const stage = createStage(workbench.exchange);
const over = createOverSlot();
const batches = openBatches({ client, workbench, stage, over, isPrivate, sealed });
const collections = openCollections({
  requests,
  isPrivate,
  sealed,
  isMac,
  inTab: platform.inspectedTab === null,
  memory: pageStorage(),
  marked: () => settings.settings.peek().marked,
  sessions: workbench.sessions.sessions,
  batches,
});
const compareBodies = openBodyCompare(() => ({
  view: stage.shown.peek().state === 'idle' ? null : stage.shown.peek(),
  capture: listening?.capture ?? null,
  history: reader,
}));
const lists = [
  openCapture({ listening, client, workbench, stage, batches, compareBodies, saved: collections.saved }),
  openHistory({
    client,
    workbench,
    stage,
    batches,
    compareBodies,
    reader,
    hear: ofWindow?.hear ?? hearHistoryNews,
    isPrivate: platform.isPrivate,
    saved: collections.saved,
  }),
  collections.list,
  batches.list,
];

const saving = keepRequests({
  requests,
  storage: sealed ? sealedDrafts(memory, slot, tabsNow) : storage,
  slot,
  memory: platform.isPrivate ? null : memory,
  unsaved: unsavedTabs(saved, loaded),
});
/** Every open panel does its part when everything is erased. */
async function forgetAll(): Promise<void> {
  stage.staged.value = null;
  batches.forget();
  await saving.forget();
  settings.reset();
  environments.reset();
  localStorage.clear();
}
const actions: SettingsActions = {
  usage: storage.lasting ? storageUsage : null,
  passphrase: storage.lasting || sealed ? { state: lockState, set: setPassphrase, remove: removePassphrase } : null,
  backup: storage.lasting ? { finishRestore: () => client.changeHistory({ kind: 'restore' }) } : null,
  fit: () => void client.changeHistory({ kind: 'fit' }).catch(() => {}),
  async erase() {
    await forgetAll();
    await erasePanelDatabase();
    await client.changeHistory({ kind: 'erase' });
  },
};
if (storage.lasting) {
  hearHistoryNews((news) => {
    if (news.kind === 'erased') void forgetAll();
    if (news.kind === 'restored') beginAnew();
  });
  void navigator.storage.persist().catch(() => false);
}
function flush(): void {
  void saving.flush();
  void environments.flush();
}
/** What this panel still holds must not be saved over what was restored. */
function beginAnew(): void {
  saving.stop();
  removeEventListener('pagehide', flush);
  document.removeEventListener('visibilitychange', flush);
  location.reload();
}
addEventListener('pagehide', flush);
document.addEventListener('visibilitychange', flush);

const keeping = computed(() => ({
  setAside,
  lasting: storage.lasting || isPrivate,
  failed: saving.failed.value,
  sealed,
  broken,
}));
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
      over={over}
      compareBodies={compareBodies}
      marked={computed(() => settings.settings.value.marked)}
      dialogs={collections.dialogs}
      settings={
        <>
          {batches.buttons}
          {collections.buttons}
          <Palette workbench={workbench} collections={collections} isPrivate={isPrivate} isMac={isMac} />
          <SettingsButton store={settings} workbench={workbench} actions={actions} version={version} />
        </>
      }
    />,
    root,
  );
}
