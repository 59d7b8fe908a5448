import { useState } from 'preact/hooks';
import type { Unfinished } from '../protocol/messages.ts';
import { SaveCopy } from './widgets/save-copy.tsx';
import { isSameRequest, type Workbench } from './state/workbench.ts';
import { strings } from './strings.ts';
import { Notice } from './widgets/notice.tsx';

const words = strings.app;

/** How the draft is being kept. */
export interface DraftKeeping {
  /** Saved drafts that could not be read when the panel opened. */
  readonly setAside: number;
  /** The draft outlives the panel. */
  readonly lasting: boolean;
  /** The last attempt to save it failed. */
  readonly failed: boolean;
  /** The passphrase was not entered. */
  readonly sealed?: boolean;
  /** The name of the database that this version cannot read; what is in it can be saved. */
  readonly broken?: string | null;
}

interface NoticesProps {
  workbench: Workbench;
  keeping: DraftKeeping;
  inTab: boolean;
  onSend: () => void;
}

/** What concerns the whole panel, above everything else. */
export function Notices({ workbench, keeping, inTab, onSend }: NoticesProps) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const draftNotices = [
    ...(keeping.setAside > 0 ? [words.draftsSetAside] : []),
    ...(keeping.failed || !keeping.lasting ? [words.draftNotSaved] : []),
  ].filter((text) => !dismissed.includes(text));

  return (
    <div class="notices">
      {workbench.outdated.value && (
        <Notice tone="error" urgent>
          {inTab ? words.updatedTab : words.updated} {keeping.lasting && !keeping.failed && words.updatedDetail}
        </Notice>
      )}
      {workbench.unfinished.value.map((entry) => (
        <UnfinishedNotice key={entry.id} entry={entry} workbench={workbench} onSend={onSend} />
      ))}
      {keeping.sealed === true && (
        <Notice
          tone="warning"
          actions={
            <button type="button" class="button" onClick={() => location.reload()}>
              {strings.lock.sealedUnlock}
            </button>
          }
        >
          {strings.lock.sealed}
        </Notice>
      )}
      {keeping.broken != null && <BrokenNotice database={keeping.broken} />}
      {draftNotices.map((text) => (
        <Notice key={text} tone="warning" onDismiss={() => setDismissed([...dismissed, text])}>
          {text}
        </Notice>
      ))}
    </div>
  );
}

function BrokenNotice({ database }: { database: string }) {
  return (
    <Notice tone="error" actions={<SaveCopy database={database} class="button" />}>
      {words.migrationFailed}
    </Notice>
  );
}

interface UnfinishedNoticeProps {
  entry: Unfinished[number];
  workbench: Workbench;
  onSend: () => void;
}

function UnfinishedNotice({ entry, workbench, onSend }: UnfinishedNoticeProps) {
  const same = isSameRequest(workbench.drafts.draft.value, entry);
  const dismiss = (): void => workbench.dismissUnfinished(entry.id);
  return (
    <Notice
      tone="warning"
      title={words.unfinishedTitle}
      onDismiss={dismiss}
      actions={
        same && (
          <button
            type="button"
            class="button"
            onClick={() => {
              dismiss();
              onSend();
            }}
          >
            {words.sendAgain}
          </button>
        )
      }
    >
      {words.unfinished(entry.method, entry.url, new Date(entry.startedAt).toLocaleTimeString())}{' '}
      {!same && words.unfinishedDraftChanged}
    </Notice>
  );
}
