import { Copy, Download, Plus, Trash2, Upload } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { DEFAULT_SESSION, newSession, type SessionSettings } from '../../model/session.ts';
import { readSessionFile } from '../../formats/session/session-file.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { SessionEditor } from './session-editor.tsx';
import { SessionList } from './session-list.tsx';
import './sessions.css';

const words = strings.sessions;

interface SessionsDialogProps {
  workbench: Workbench;
  /** Names that are secret besides the known ones. */
  marked: readonly string[];
  onClose: () => void;
}

/** All sessions, and what one of them gives its requests. Each change counts at once. */
export function SessionsDialog({ workbench, marked, onClose }: SessionsDialogProps) {
  const { sessions: store, drafts } = workbench;
  const all = store.sessions.value;
  const [chosen, setChosen] = useState(drafts.draft.peek().session);
  const [exporting, setExporting] = useState(false);
  const [unread, setUnread] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const session = all.find(({ id }) => id === chosen) ?? all[0];

  function add(settings: SessionSettings): void {
    store.put(settings);
    setChosen(settings.id);
  }

  async function bringIn(file: File): Promise<void> {
    const read = readSessionFile(await file.text());
    setUnread(read === null ? words.notASession(file.name) : '');
    if (read === null) return;
    // A session of its own, whatever the file's is called here already.
    const settings = { ...read.settings, id: crypto.randomUUID(), createdAt: Date.now() };
    store.restore(settings, read.cookies);
    setChosen(settings.id);
  }

  async function remove(settings: SessionSettings): Promise<void> {
    const cookies = await store.jar(settings.id).catch(() => []);
    store.remove(settings.id);
    setDeleted({ settings, restore: () => store.restore(settings, cookies) });
  }

  if (session === undefined) return null;
  return (
    <ModalDialog
      title={words.title}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <span class="dialog-note" role="status">
            {deleted !== null && (
              <>
                {words.deleted(nameOf(deleted.settings))}{' '}
                <button
                  type="button"
                  class="link-button"
                  onClick={() => {
                    deleted.restore();
                    setChosen(deleted.settings.id);
                    setDeleted(null);
                  }}
                >
                  {words.undo}
                </button>
              </>
            )}
          </span>
          <button type="button" class="button button-strong" onClick={onClose}>
            {words.done}
          </button>
        </>
      }
    >
      {store.failed.value && (
        <p class="field-problem" role="alert">
          {words.notSaved}
        </p>
      )}
      {unread !== '' && (
        <p class="field-problem" role="alert">
          {unread}
        </p>
      )}
      {exporting && (
        <ExportDialog store={store} session={session} marked={marked} onClose={() => setExporting(false)} />
      )}
      <div class="sessions">
        <div class="session-choice">
          <div class="session-tools" role="group" aria-label={words.tools}>
            <IconButton icon={Plus} label={words.add} onClick={() => add(fresh(words.newName(all.length)))} />
            <IconButton
              icon={Copy}
              label={words.duplicate}
              hint={words.duplicateHint}
              onClick={() => add(copyOf(session))}
            />
            <IconButton icon={Download} label={words.exportSession} onClick={() => setExporting(true)} />
            <input
              ref={input}
              type="file"
              hidden
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file !== undefined) void bringIn(file);
                event.currentTarget.value = '';
              }}
            />
            <IconButton icon={Upload} label={words.importSession} onClick={() => input.current?.click()} />
            <IconButton
              icon={Trash2}
              label={words.remove}
              hint={session.id === DEFAULT_SESSION ? words.removeDefaultHint : words.remove}
              disabled={session.id === DEFAULT_SESSION}
              onClick={() => void remove(session)}
            />
          </div>
          <SessionList
            sessions={all}
            chosen={session.id}
            used={drafts.draft.value.session}
            onChoose={(id) => setChosen(id)}
          />
          <button
            type="button"
            class="button"
            disabled={session.id === drafts.draft.value.session}
            onClick={() => drafts.setSession(session.id)}
          >
            {words.use}
          </button>
        </div>
        <SessionEditor key={session.id} workbench={workbench} session={session} />
      </div>
    </ModalDialog>
  );
}

interface Deleted {
  readonly settings: SessionSettings;
  readonly restore: () => void;
}

const nameOf = ({ name }: SessionSettings): string => (name === '' ? strings.context.unnamed : name);

const fresh = (name: string): SessionSettings => newSession(crypto.randomUUID(), name, Date.now());

/** Everything but the cookies: what is copied is how requests are sent, not who one is. */
function copyOf(session: SessionSettings): SessionSettings {
  return {
    ...structuredClone(session),
    id: crypto.randomUUID(),
    name: words.copyName(nameOf(session)),
    createdAt: Date.now(),
  };
}
