/** Which options of a multiselectable listbox are selected, by id, and where the keyboard stands. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The option that keys act on; null when the list was never entered. */
  readonly active: string | null;
  /** Where a range begins. */
  readonly anchor: string | null;
}

export const emptySelection: Selection = { ids: new Set(), active: null, anchor: null };

/** `only`: this one and no other. `range`: from the anchor to here. `toggle`: this one on or off. `visit`: only go there. */
export type SelectMode = 'only' | 'range' | 'toggle' | 'visit';

/** The selection after an option was chosen. @param order all ids, as they stand in the list */
export function choose(before: Selection, order: readonly string[], id: string, mode: SelectMode): Selection {
  switch (mode) {
    case 'only':
      return { ids: new Set([id]), active: id, anchor: id };
    case 'visit':
      return { ...before, active: id };
    case 'toggle': {
      const ids = new Set(before.ids);
      if (!ids.delete(id)) ids.add(id);
      return { ids, active: id, anchor: id };
    }
    case 'range': {
      const from = before.anchor === null ? -1 : order.indexOf(before.anchor);
      const to = order.indexOf(id);
      if (from < 0) return { ids: new Set([id]), active: id, anchor: id };
      const ids = order.slice(Math.min(from, to), Math.max(from, to) + 1);
      return { ids: new Set(ids), active: id, anchor: before.anchor };
    }
  }
}

export function chooseAll(before: Selection, order: readonly string[]): Selection {
  return { ids: new Set(order), active: before.active ?? order[0] ?? null, anchor: order[0] ?? null };
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * The selection after a key, as the ARIA practices want it for a listbox in which the selection follows the focus; null for a
 * key that means nothing here.
 * @param page how many options fit into sight
 */
export function chooseByKey(before: Selection, order: readonly string[], event: Key, page: number): Selection | null {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  const withControl = ctrlKey || metaKey;
  if (altKey || order.length === 0) return null;
  if (withControl && key.toLowerCase() === 'a') return chooseAll(before, order);
  if (key === ' ') {
    if (before.active === null) return null;
    return choose(before, order, before.active, shiftKey ? 'range' : 'toggle');
  }
  const last = order.length - 1;
  const at = before.active === null ? -1 : order.indexOf(before.active);
  const target = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? 0 : at - 1,
    PageDown: Math.max(0, at) + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  }[key];
  const id = target === undefined ? undefined : order[Math.min(last, Math.max(0, target))];
  if (id === undefined) return null;
  if (shiftKey) return choose(before, order, id, 'range');
  return choose(before, order, id, withControl ? 'visit' : 'only');
}
