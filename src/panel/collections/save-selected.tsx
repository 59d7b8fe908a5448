import { Save } from 'lucide';
import { useState } from 'preact/hooks';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import type { Kept, SavedRequests } from './saved-requests.ts';

const words = strings.collectionsStart;

interface SaveSelectedProps {
  saved: SavedRequests;
  /** Nothing is selected. */
  none: boolean;
  gather: () => Promise<readonly Kept[]>;
}

/** Saves what is selected in another list, in one step, and says where. */
export function SaveSelected({ saved, none, gather }: SaveSelectedProps) {
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  async function save(): Promise<void> {
    setBusy(true);
    const kept = await gather();
    const where = kept.length === 0 ? null : await saved.keep(kept);
    setSaid(where === null ? words.saveFailed : words.savedNote(where.count, where.folder));
    setBusy(false);
  }
  return (
    <>
      <button
        type="button"
        class="button"
        aria-label={words.saveSelectedName}
        disabled={none || busy}
        title={words.saveSelectedHint}
        onClick={() => void save()}
      >
        <Icon of={Save} size={12} /> {words.saveSelected}
      </button>
      <span class="saved-note" role="status">
        {said}
      </span>
    </>
  );
}
