import { computed } from '@preact/signals';
import { render } from 'preact';
import { draftsInMemory, openDraftStorage } from '../storage/drafts.ts';
import { App } from './app.tsx';
import { connectBackground } from './background-client.ts';
import { platform } from './platform.ts';
import { autosave } from './state/autosave.ts';
import { keepLastMoment, newestDraft } from './state/last-moment.ts';
import { createPreferences, pageStorage } from './state/preferences.ts';
import { createWorkbench } from './state/workbench.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/widgets.css';
import './styles/composer.css';

const { inspectedTab, isPrivate, isMac, version } = platform;
const slot = inspectedTab === null ? 'tab' : String(inspectedTab);

// A private window leaves nothing on disk, and Firefox gives its panel no IndexedDB.
const storage = isPrivate ? draftsInMemory() : await openDraftStorage();
const loaded = await storage.load(slot);
const { setAside } = loaded;
const draft = isPrivate ? loaded.draft : await newestDraft(platform.memory, slot, loaded);
const client = connectBackground(platform);
const workbench = createWorkbench({ client, version, draft: draft ?? undefined });

const saving = autosave({ draft: workbench.drafts.draft, save: (next) => storage.save(slot, next) });
if (!isPrivate) keepLastMoment(platform.memory, slot, workbench.drafts.draft);
addEventListener('pagehide', () => saving.flush());
document.addEventListener('visibilitychange', () => saving.flush());

const keeping = computed(() => ({ setAside, lasting: storage.lasting || isPrivate, failed: saving.failed.value }));
const root = document.querySelector('#app');
if (root !== null) {
  render(
    <App
      workbench={workbench}
      preferences={createPreferences(pageStorage())}
      keeping={keeping}
      inTab={inspectedTab === null}
      isMac={isMac}
    />,
    root,
  );
}
