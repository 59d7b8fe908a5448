import { Trash } from 'lucide';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import type { BatchHead } from '../../model/batch.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { Listbox } from '../widgets/listbox.tsx';
import { emptySelection, type Selection } from '../widgets/selection.ts';
import './batches.css';
import type { Batches } from './batches.ts';

const words = strings.batches;

interface BatchesPaneProps {
  batches: Batches;
  /** The passphrase was not entered. */
  sealed: boolean;
  /** A batch is shown in the place of the request. */
  onShow: () => void;
}

/** The batches so far: what runs, what was interrupted, what came of them. */
export function BatchesPane({ batches, sealed, onShow }: BatchesPaneProps) {
  const [selection, setSelection] = useState<Selection>(emptySelection);
  const heads = batches.heads.value;
  const shown = batches.shown.value?.head.value.id ?? null;
  useEffect(() => void batches.load(), [batches]);
  const groups = useMemo(() => [{ key: 'all', label: null, items: heads }], [heads]);
  const making = batches.making.value;
  const marked: Selection = selection.active === null && shown !== null ? only(shown) : selection;
  return (
    <div class="capture">
      {making !== null && (
        <p class="capture-note" aria-live="polite">
          {words.making(formatCount(making.done), formatCount(making.total))}
        </p>
      )}
      {heads.length === 0 && <p class="capture-empty">{sealed ? words.sealed : words.empty}</p>}
      <Listbox
        label={strings.batchesStart.title}
        groups={groups}
        selection={marked}
        onSelect={(next) => {
          setSelection(next);
          if (next.active !== null && next.ids.size === 1) void batches.show(next.active);
        }}
        onOpen={onShow}
        option={(head) => <BatchRow head={head} runs={batches.runs(head.id)} />}
      />
      <div class="capture-actions" role="group" aria-label={strings.history.actions}>
        <div class="capture-buttons">
          <IconButton
            icon={Trash}
            label={words.remove}
            hint={words.removeHint}
            disabled={marked.ids.size === 0}
            onClick={() => {
              setSelection(emptySelection);
              for (const id of marked.ids) void batches.remove(id);
            }}
          />
        </div>
      </div>
    </div>
  );
}

const only = (id: string): Selection => ({ ids: new Set([id]), active: id, anchor: id });

function BatchRow({ head, runs }: { head: BatchHead; runs: boolean }) {
  const { title, total, done, state, createdAt, hosts } = head;
  const word = words.states[state === 'running' && !runs ? 'interrupted' : state];
  return (
    <span
      class="entry"
      title={[title, ...hosts.map(({ host }) => host), new Date(createdAt).toLocaleString()].join('\n')}
    >
      <span class="entry-url">
        {title}{' '}
        <span class="entry-host batch-host">
          {hosts[0]?.host}
          {hosts.length > 1 && ` +${hosts.length - 1}`}
        </span>
      </span>{' '}
      <span class="batch-count">
        {state === 'ready' ? formatCount(total) : words.summary(formatCount(done), formatCount(total))}
      </span>{' '}
      <span class="batch-state" data-state={state}>
        {word}
      </span>
    </span>
  );
}
