import { signal, type Signal } from '@preact/signals';
import * as v from 'valibot';

/** The part of `localStorage` that is used here. */
export type PreferenceStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** How the panel is arranged. Nothing of a request is kept here. */
export interface Preferences {
  /** The request's share of the width, panes side by side; 0 to 1. */
  readonly splitAcross: Signal<number>;
  /** The request's share of the height, panes one above the other; 0 to 1. */
  readonly splitDown: Signal<number>;
  /** The lists' share of the width, 0 to 1, and whether they show where there is room for them. */
  readonly splitNav: Signal<number>;
  readonly navOpen: Signal<boolean>;
}

export const homeSplit = { across: 0.5, down: 0.45, nav: 0.26 } as const;

const KEY = 'workbench-layout';
const share = (home: number) => v.fallback(v.pipe(v.number(), v.minValue(0.1), v.maxValue(0.9)), home);
const storedSchema = v.object({
  splitAcross: share(homeSplit.across),
  splitDown: share(homeSplit.down),
  splitNav: share(homeSplit.nav),
  navOpen: v.fallback(v.boolean(), true),
});

/** The browser's own storage; null where it is forbidden. */
export function pageStorage(): PreferenceStorage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Reads the arrangement at once, so that nothing jumps, and keeps every change. */
export function createPreferences(storage: PreferenceStorage | null): Preferences & { save(): void } {
  const stored = read(storage);
  const splitAcross = signal(stored.splitAcross);
  const splitDown = signal(stored.splitDown);
  const splitNav = signal(stored.splitNav);
  const navOpen = signal(stored.navOpen);
  return {
    splitAcross,
    splitDown,
    splitNav,
    navOpen,
    save() {
      const now = {
        splitAcross: splitAcross.peek(),
        splitDown: splitDown.peek(),
        splitNav: splitNav.peek(),
        navOpen: navOpen.peek(),
      };
      try {
        storage?.setItem(KEY, JSON.stringify(now));
      } catch {
        // Storage that is full or forbidden costs the arrangement, nothing else.
      }
    },
  };
}

function read(storage: PreferenceStorage | null): v.InferOutput<typeof storedSchema> {
  try {
    return v.parse(storedSchema, JSON.parse(storage?.getItem(KEY) ?? '{}'));
  } catch {
    return v.parse(storedSchema, {});
  }
}
