import type { ReadonlySignal } from '@preact/signals';
import { FileDiff, Save } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { OpenRequest, OpenRequests } from '../state/open-requests.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';

const words = strings.collectionsStart;

interface SaveButtonsProps {
  requests: OpenRequests;
  /** Why the last save failed. */
  failed: ReadonlySignal<string | null>;
  /** How the shortcut is written here. */
  saveKey: string;
  onSave: (request: OpenRequest) => void;
  onForm: (request: OpenRequest) => void;
}

/** Saving the request that is shown, and its saved form. */
export function SaveButtons({ requests, failed, saveKey, onSave, onForm }: SaveButtonsProps) {
  const request = requests.active.value;
  const saved = request.saved.value;
  const isSame = saved !== null && saved.isSame(request.drafts.draft.value);
  useSaveKey(() => onSave(requests.active.peek()));
  return (
    <>
      {failed.value !== null && (
        <span class="request-tools-problem" role="alert">
          {failed.value}
        </span>
      )}
      <IconButton
        icon={Save}
        label={words.save}
        hint={saved === null ? words.saveHint(saveKey) : words.saveChangedHint(saved.name, saveKey)}
        disabled={isSame}
        onClick={() => onSave(request)}
      />
      <IconButton
        icon={FileDiff}
        label={words.savedForm}
        hint={words.savedFormHint}
        disabled={saved === null}
        onClick={() => onForm(request)}
      />
    </>
  );
}

/** Ctrl or Cmd with S; the browser would save the page. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isSave =
        (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 's';
      if (!isSave) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // A dialog has its own business.
      if (!event.repeat && document.querySelector('dialog[open]') === null) save();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
    // `save` reads what is active when it is called.
  }, []);
}
