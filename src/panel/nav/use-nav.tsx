import { PanelLeftClose, PanelLeftOpen } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Layout } from '../layout.ts';
import { homeSplit, type Preferences } from '../state/preferences.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { Splitter } from '../widgets/splitter.tsx';
import { Nav, Rail, type NavControls, type NavList } from './nav.tsx';

const words = strings.nav;

interface NavParts {
  /** Stands left of request and response. */
  readonly column: ComponentChildren;
  /** Opens the lists where nothing of them is seen. */
  readonly opener: ComponentChildren;
}

interface Around {
  preferences: Preferences & { save: () => void };
  setView: (view: 'request' | 'response') => void;
}

/**
 * The lists as the width allows: a column with a splitter; a rail of buttons that lay the list over the rest; a drawer
 * behind one button.
 */
export function useNav(layout: Layout, lists: readonly NavList[], { preferences, setView }: Around): NavParts {
  const [selected, setSelected] = useState(lists[0]?.id ?? '');
  const [drawer, setDrawer] = useState(false);
  if (lists.length === 0) return { column: null, opener: null };

  const isWide = layout === 'wide';
  const isDrawn = !isWide && drawer;
  const isColumn = isWide && preferences.navOpen.value;
  const show = (view: 'request' | 'response'): void => {
    setView(view);
    if (layout === 'narrow') setDrawer(false);
  };
  const controls: NavControls = { showRequest: () => show('request'), showResponse: () => show('response') };
  const keep = (open: boolean): void => {
    preferences.navOpen.value = open;
    preferences.save();
  };
  const collapse = isColumn && <IconButton icon={PanelLeftClose} label={words.collapse} onClick={() => keep(false)} />;
  const nav = (onClose: (() => void) | null): ComponentChildren => (
    <Nav
      lists={lists}
      selected={selected}
      controls={controls}
      action={collapse}
      onClose={onClose}
      onSelect={setSelected}
    />
  );
  const toggle = (id: string): void => {
    setSelected(id);
    if (isWide) keep(true);
    else setDrawer(!(drawer && id === selected));
  };

  return {
    column: (
      <>
        {isColumn && (
          <>
            {nav(null)}
            <Splitter
              label={words.splitter}
              orientation="vertical"
              share={preferences.splitNav.value}
              home={homeSplit.nav}
              onMove={(share) => {
                preferences.splitNav.value = share;
                preferences.save();
              }}
            />
          </>
        )}
        {!isColumn && layout !== 'narrow' && <Rail lists={lists} open={isDrawn ? selected : null} onToggle={toggle} />}
        {isDrawn && <div class="drawer">{nav(() => setDrawer(false))}</div>}
      </>
    ),
    opener: layout === 'narrow' && (
      <IconButton icon={PanelLeftOpen} label={words.open} onClick={() => setDrawer(true)} />
    ),
  };
}
