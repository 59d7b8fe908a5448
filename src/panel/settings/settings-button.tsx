import { Settings as SettingsIcon } from 'lucide';
import { useState } from 'preact/hooks';
import type { SettingsStore } from '../state/settings.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { lazyModule } from '../response/lazy-module.ts';
import type { SettingsActions } from './settings-dialog.tsx';
import './settings.css';

interface SettingsButtonProps {
  store: SettingsStore;
  workbench: Workbench;
  actions: SettingsActions;
  version: string;
}

const dialog = lazyModule(() => import('./settings-dialog.tsx'));

function Dialog(props: SettingsButtonProps & { onClose: () => void }) {
  const loaded = dialog.use();
  return loaded === null ? null : <loaded.SettingsDialog {...props} />;
}

/** Opens the settings. */
export function SettingsButton(props: SettingsButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={SettingsIcon} label={strings.settingsStart.title} onClick={() => setOpen(true)} />
      {open && <Dialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
