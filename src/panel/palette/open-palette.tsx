import { useSignal, type Signal } from '@preact/signals';
import { Search } from 'lucide';
import { useEffect } from 'preact/hooks';
import { historyReader } from '../../storage/history-reader.ts';
import type { Collections } from '../collections/open-collections.tsx';
import { lazyModule } from '../response/lazy-module.ts';
import { draftFromRequest } from '../state/draft-from-request.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import type { PaletteEntry } from './entries.ts';
import { panelActions } from './panel-actions.ts';

const words = strings.palette;
const dialog = lazyModule(() => import('./palette-dialog.tsx'));
/** The newest exchanges that can be reached; older ones are found in the history itself. */
const RECENT = 200;

interface PaletteProps {
  workbench: Workbench;
  collections: Collections;
  /** Nothing of the past is read. */
  isPrivate: boolean;
  isMac: boolean;
}

/** The button and the key that open the palette; its parts are loaded when it is first opened. */
export function Palette({ workbench, collections, isPrivate, isMac }: PaletteProps) {
  const open = useSignal(false);
  const entries = useSignal<readonly PaletteEntry[]>([]);
  function show(): void {
    if (open.peek()) return;
    entries.value = [...panelActions(document), ...openTabs(workbench)];
    open.value = true;
    void gatherSaved(collections, entries);
    if (!isPrivate) void gatherRecent(workbench, entries);
  }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isOpener =
        (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
      if (!isOpener) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // A dialog has its own business.
      if (document.querySelector('dialog[open]') === null) show();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
    // What `show` reads never changes.
  }, []);
  return (
    <>
      <IconButton
        icon={Search}
        class="palette-button"
        label={words.title}
        hint={words.hint(isMac ? '⌘K' : 'Ctrl+K')}
        onClick={show}
      />
      {open.value && <Opened open={open} entries={entries} />}
    </>
  );
}

interface PaletteState {
  readonly open: Signal<boolean>;
  readonly entries: Signal<readonly PaletteEntry[]>;
}

function Opened({ open, entries }: PaletteState) {
  const { PaletteDialog } = dialog.use() ?? {};
  if (PaletteDialog === undefined) return null;
  return <PaletteDialog entries={entries} onClose={() => (open.value = false)} />;
}

function openTabs({ requests }: Workbench): PaletteEntry[] {
  return requests.all.peek().map(({ tab, drafts, saved }) => {
    const { method, url } = drafts.draft.peek();
    const name = saved.peek()?.name;
    return {
      id: `tab ${tab}`,
      kind: 'tab',
      text: url === '' && name === undefined ? strings.requestTabs.untitled : `${method} ${name ?? url}`,
      detail: words.kinds.tab,
      run: () => requests.select(tab),
    };
  });
}

/** Those used last come first. */
async function gatherSaved({ tree, saved }: Collections, entries: Signal<readonly PaletteEntry[]>): Promise<void> {
  if (tree === null || saved === null) return;
  await tree.open();
  const nodes = [...tree.all()].filter(({ kind }) => kind === 'request').sort((a, b) => b.usedAt - a.usedAt);
  const found = nodes.map(({ id, name, method, url }): PaletteEntry => ({
    id: `saved ${id}`,
    kind: 'saved',
    text: `${method} ${name}`,
    detail: url,
    run: () => void saved.open([id]),
  }));
  entries.value = [...entries.peek(), ...found];
}

async function gatherRecent(workbench: Workbench, entries: Signal<readonly PaletteEntry[]>): Promise<void> {
  const recent = await historyReader.entries(null, RECENT).catch(() => null);
  const found = (recent?.items ?? []).map(({ id, method, url, at, status }): PaletteEntry => ({
    id: `history ${id}`,
    kind: 'history',
    text: `${method} ${url}`,
    detail: `${status ?? ''} ${new Date(at).toLocaleString()}`,
    run: () => void openRecent(workbench, id),
  }));
  entries.value = [...entries.peek(), ...found];
}

async function openRecent(workbench: Workbench, id: number): Promise<void> {
  const opened = await historyReader.open(id).catch(() => null);
  const request = opened?.exchange.request;
  if (request == null) return;
  const defaults = workbench.defaultHeaders.peek().map(([name]) => name);
  const { draft, files } = draftFromRequest(request, defaults);
  const tab = workbench.requests.open(draft);
  for (const [key, file] of files) tab.files.set(key, file);
}
