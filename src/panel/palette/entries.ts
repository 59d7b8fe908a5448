import { fuzzy } from './fuzzy.ts';

/** Something that the palette reaches: an action, or a request wherever it is. */
export interface PaletteEntry {
  readonly id: string;
  readonly kind: 'action' | 'tab' | 'saved' | 'history';
  readonly text: string;
  /** Stands behind it: a shortcut, a folder, a time. */
  readonly detail: string;
  readonly run: () => void;
}

/** Entries that are shown at once: more are not looked through, they are typed for. */
const SHOWN = 50;
/** Nobody types so little for a tab or an action to be behind a saved request. */
const KINDS: Record<PaletteEntry['kind'], number> = { action: 4, tab: 3, saved: 2, history: 0 };

/** Those that fit what was typed, the best first. With nothing typed, in the order in which they came. */
export function matching(entries: readonly PaletteEntry[], typed: string): readonly PaletteEntry[] {
  const query = typed.trim().toLowerCase();
  if (query === '') return entries.slice(0, SHOWN);
  const found: { entry: PaletteEntry; score: number }[] = [];
  for (const entry of entries) {
    const fit = fuzzy(query, `${entry.text} ${entry.detail}`);
    if (fit !== null) found.push({ entry, score: fit.score + KINDS[entry.kind] });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
    .map(({ entry }) => entry);
}
