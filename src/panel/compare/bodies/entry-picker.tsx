import { useEffect, useMemo, useState } from 'preact/hooks';
import type { CapturedEntry } from '../../../model/captured-entry.ts';
import type { Capture } from '../../capture/capture.ts';
import { EntryRow } from '../../capture/entry-row.tsx';
import { parseFilter, type EntryMarks } from '../../capture/filter.ts';
import type { HistoryItem, HistoryList } from '../../history/history-list.ts';
import { HistoryRow } from '../../history/history-row.tsx';
import { strings } from '../../strings.ts';
import { FilterField } from '../../widgets/filter-field.tsx';
import { Listbox } from '../../widgets/listbox.tsx';
import { emptySelection } from '../../widgets/selection.ts';

const words = strings.compareBodies;

interface PickerProps {
  /** The accessible name. */
  label: string;
  id: string | null;
  onPick: (id: string) => void;
}

const UNMARKED: EntryMarks = { pinned: false, replayed: false };

/** One of the captured requests, newest first. */
export function CapturedPicker({ capture, ...picker }: PickerProps & { capture: Capture }) {
  const [filter, setFilter] = useState('');
  const version = capture.version.value;
  const shown = useMemo((): readonly CapturedEntry[] => {
    const { test } = parseFilter(filter);
    return [...capture.all()].filter((entry) => test(entry, UNMARKED)).reverse();
  }, [capture, version, filter]);
  return (
    <Entries {...picker} filter={filter} onFilter={setFilter} items={shown}>
      {(entry) => <EntryRow entry={entry} pinned={false} replay={undefined} pageHost="" />}
    </Entries>
  );
}

/** One of the exchanges of the history, newest first. */
export function HistoryPicker({ list, ...picker }: PickerProps & { list: HistoryList }) {
  useEffect(() => list.open(), [list]);
  const [filter, setFilter] = useState('');
  // Both sides look at the same list: each has a filter of its own, over what the list's own line shows.
  const all = list.shown.value;
  const shown = useMemo((): readonly HistoryItem[] => {
    const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
    return wanted.length === 0 ? all : all.filter(({ text }) => wanted.every((word) => text.includes(word)));
  }, [all, filter]);
  return (
    <Entries {...picker} filter={filter} onFilter={setFilter} items={shown}>
      {({ entry }) => <HistoryRow entry={entry} />}
    </Entries>
  );
}

interface EntriesProps<Item extends { readonly id: string }> extends PickerProps {
  filter: string;
  onFilter: (filter: string) => void;
  items: readonly Item[];
  children: (item: Item) => preact.ComponentChildren;
}

function Entries<Item extends { readonly id: string }>(props: EntriesProps<Item>) {
  const { label, id, filter, items, onFilter, onPick, children } = props;
  const groups = useMemo(() => [{ key: 'all', label: null, items }], [items]);
  const selection = useMemo(
    () => (id === null ? emptySelection : { ...emptySelection, active: id, anchor: id, ids: new Set([id]) }),
    [id],
  );
  return (
    <div class="body-picker-list">
      <FilterField label={words.filter} placeholder={words.filterPlaceholder} value={filter} onInput={onFilter} />
      <Listbox
        label={label}
        groups={groups}
        selection={selection}
        onSelect={({ active }) => {
          if (active !== null) onPick(active);
        }}
        option={children}
      />
      {items.length === 0 && <p class="body-picker-none">{filter === '' ? words.nothing : words.nothingFound}</p>}
    </div>
  );
}
