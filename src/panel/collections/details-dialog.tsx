import type { ReadonlySignal } from '@preact/signals';
import { Trash } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { CollectionNode, Example, FolderContent, NodeContent, RequestContent } from '../../model/collection.ts';
import { authTypes } from '../../model/draft.ts';
import type { SessionSettings } from '../../model/session.ts';
import { AuthFields } from '../composer/auth-fields.tsx';
import '../environments/environments.css';
import { VariablesEditor } from '../environments/variables-editor.tsx';
import { newDraft } from '../state/new-draft.ts';
import { newRow } from '../state/rows.ts';
import type { OpenRequest } from '../state/open-requests.ts';
import { strings } from '../strings.ts';
import { SelectField } from '../widgets/fields.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { RowTable } from '../widgets/row-table.tsx';
import { exampleFrom } from './example.ts';
import { Notes } from './notes.tsx';
import { emptyFolder } from './saved-requests.ts';

const words = strings.collections.details;

interface DetailsDialogProps {
  node: CollectionNode;
  read: (id: string) => Promise<NodeContent | null>;
  /** Saves what was changed; resolves to whether it is saved. */
  onSave: (change: Partial<FolderContent> & Partial<Pick<RequestContent, 'examples'>>) => Promise<boolean>;
  sessions: ReadonlySignal<readonly SessionSettings[]>;
  /** The tab in which the request is open. */
  open: OpenRequest | undefined;
  onClose: () => void;
}

/** What belongs to a folder or a saved request beside its name: notes, what a folder gives, example responses. */
export function DetailsDialog({ node, read, onSave, sessions, open, onClose }: DetailsDialogProps) {
  const [content, setContent] = useState<NodeContent | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void read(node.id).then((found) => {
      setContent(found ?? (node.kind === 'folder' ? emptyFolder : null));
      if (found === null && node.kind === 'request') setProblem(strings.collections.problems.unreadable);
      return found;
    });
  }, [node.id]);

  async function save(): Promise<void> {
    if (content === null) return;
    const { kind: _, ...folder } = content.kind === 'folder' ? content : { kind: null };
    const change = content.kind === 'folder' ? folder : { notes: content.notes, examples: content.examples };
    if (await onSave(change)) onClose();
    else setProblem(strings.collectionsStart.saveFailed);
  }

  return (
    <ModalDialog
      title={words.title(node.name)}
      onClose={onClose}
      actions={
        <>
          <button type="button" class="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="button" class="button button-strong" disabled={content === null} onClick={() => void save()}>
            {words.save}
          </button>
        </>
      }
    >
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      {content !== null && (
        <>
          <Notes notes={content.notes} onChange={(notes) => setContent({ ...content, notes })} />
          {content.kind === 'folder' ? (
            <FolderParts folder={content} sessions={sessions.value} onChange={setContent} />
          ) : (
            <Examples
              examples={content.examples}
              open={open}
              onChange={(examples) => setContent({ ...content, examples })}
            />
          )}
        </>
      )}
    </ModalDialog>
  );
}

interface FolderPartsProps {
  folder: FolderContent;
  sessions: readonly SessionSettings[];
  onChange: (folder: FolderContent) => void;
}

function FolderParts({ folder, sessions, onChange }: FolderPartsProps) {
  const set = (change: Partial<FolderContent>): void => onChange({ ...folder, ...change });
  const auth = folder.auth ?? { ...newDraft().auth, type: 'inherit' as const };
  return (
    <>
      <p class="pane-hint">{words.inheritHint}</p>
      <section class="settings-part" aria-label={words.headers}>
        <h3>{words.headers}</h3>
        <RowTable label={words.headers} rows={folder.headers} fresh={newRow} onChange={(headers) => set({ headers })} />
      </section>
      <section class="settings-part" aria-label={words.params}>
        <h3>{words.params}</h3>
        <RowTable label={words.params} rows={folder.params} fresh={newRow} onChange={(params) => set({ params })} />
      </section>
      <section class="settings-part" aria-label={words.variables}>
        <h3>{words.variables}</h3>
        <VariablesEditor
          label={words.variables}
          rows={folder.variables}
          onChange={(variables) => set({ variables: [...variables] })}
        />
      </section>
      <section class="settings-part form-grid" aria-label={words.auth}>
        <AuthFields
          auth={auth}
          types={authTypes}
          note={auth.type === 'inherit' ? words.authNone : words.authOwn}
          onChange={(change) => {
            const next = { ...auth, ...change };
            set({ auth: next.type === 'inherit' ? null : next });
          }}
        />
        <SelectField
          label={strings.context.session}
          value={folder.session ?? ''}
          options={[['', words.noSession], ...sessions.map(({ id, name }) => [id, name] as const)]}
          note={words.sessionNote}
          onChange={(id) => set({ session: id === '' ? null : id })}
        />
      </section>
    </>
  );
}

interface ExamplesProps {
  examples: readonly Example[];
  open: OpenRequest | undefined;
  onChange: (examples: Example[]) => void;
}

function Examples({ examples, open, onChange }: ExamplesProps) {
  const [problem, setProblem] = useState(false);
  const exchange = open?.exchanges.exchange.value;
  const canKeep = exchange?.state === 'done' && exchange.head !== null;
  async function keep(): Promise<void> {
    if (exchange === undefined) return;
    const example = await exampleFrom(exchange.head, exchange.body, exchange.startedAt ?? Date.now());
    setProblem(example === null);
    if (example !== null) onChange([...examples, example]);
  }
  return (
    <section class="settings-part" aria-label={words.examples}>
      <h3>{words.examples}</h3>
      {examples.length === 0 && <p class="pane-hint">{words.noExamples}</p>}
      {examples.map((example) => (
        <div class="details-example" key={example.id}>
          <details>
            <summary>
              <span class="status-code">{example.status}</span> {example.name || example.reason}{' '}
              <span class="dim">{new Date(example.at).toLocaleString()}</span>
            </summary>
            <pre class="details-body">
              {example.headers.map(([name, value]) => `${name}: ${value}\n`).join('')}
              {example.body === '' ? '' : `\n${example.encoding === 'text' ? example.body : words.binary}`}
            </pre>
          </details>
          <IconButton
            icon={Trash}
            label={words.removeExample}
            onClick={() => onChange(examples.filter(({ id }) => id !== example.id))}
          />
        </div>
      ))}
      <p class="settings-buttons">
        <button type="button" class="button" disabled={!canKeep} title={words.keepHint} onClick={() => void keep()}>
          {words.keep}
        </button>
        {problem && <span class="field-problem">{words.tooLarge}</span>}
      </p>
    </section>
  );
}
