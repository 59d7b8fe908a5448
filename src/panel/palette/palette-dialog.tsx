import type { ReadonlySignal } from '@preact/signals';
import { Clock, FilePen, FolderOpen, Zap } from 'lucide';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { strings } from '../strings.ts';
import { onEscape } from '../widgets/escape.ts';
import { Icon } from '../widgets/icon.tsx';
import { matching, type PaletteEntry } from './entries.ts';
import './palette.css';

const words = strings.palette;
const icons = { action: Zap, tab: FilePen, saved: FolderOpen, history: Clock };

interface PaletteDialogProps {
  entries: ReadonlySignal<readonly PaletteEntry[]>;
  onClose: () => void;
}

/** One field that reaches every request and every action: a combobox whose list is always open (ARIA practices). */
export function PaletteDialog({ entries, onClose }: PaletteDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const all = entries.value;
  const found = useMemo(() => matching(all, typed), [all, typed]);
  const at = Math.min(active, found.length - 1);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(
    () =>
      onEscape(() => {
        onClose();
        return true;
      }),
    [onClose],
  );
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, found]);

  function run(entry: PaletteEntry | undefined): void {
    if (entry === undefined) return;
    // The focus goes back first: what runs may want it.
    dialog.current?.close();
    onClose();
    entry.run();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = found.length - 1;
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (event.key === 'Enter') run(found[at]);
    else if (target === undefined) return;
    // One step beyond an end goes to the other one.
    else if (Math.abs(target - at) === 1) setActive(target < 0 ? last : target > last ? 0 : target);
    else setActive(Math.min(last, Math.max(0, target)));
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label={words.title}
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <input
        class="palette-field"
        type="text"
        role="combobox"
        aria-label={words.title}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={at < 0 ? undefined : `palette-${at}`}
        placeholder={words.placeholder}
        spellcheck={false}
        autocomplete="off"
        value={typed}
        onKeyDown={onKeyDown}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
      />
      <ul ref={list} id="palette-list" class="palette-list" role="listbox" aria-label={words.list}>
        {found.map((entry, index) => (
          <li
            key={entry.id}
            id={`palette-${index}`}
            class="palette-entry"
            role="option"
            aria-selected={index === at}
            onClick={() => run(entry)}
          >
            <Icon of={icons[entry.kind]} size={12} />
            <span class="sr-only">{words.kinds[entry.kind]} </span>
            <bdi class="palette-text">{entry.text}</bdi> <span class="palette-detail">{entry.detail}</span>
          </li>
        ))}
      </ul>
      <p class="palette-none" role="status">
        {found.length === 0 ? words.none : ''}
      </p>
    </dialog>
  );
}
