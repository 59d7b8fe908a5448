import { X, type IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { strings } from '../strings.ts';
import { onEscape } from '../widgets/escape.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { TabList, TabPanel } from '../widgets/tabs.tsx';

const words = strings.nav;
const NAME = 'lists';

/** What a list may do with the panel around it. */
export interface NavControls {
  /** Shows the request side: something was opened as a draft. */
  showRequest(): void;
  /** Shows the response side; where the list covers it, the list goes. */
  showResponse(): void;
}

/** One of the lists on the left. */
export interface NavList {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon: IconNode;
  readonly content: (controls: NavControls) => ComponentChildren;
}

interface NavProps {
  lists: readonly NavList[];
  selected: string;
  controls: NavControls;
  /** A button beside the lists' names. */
  action: ComponentChildren;
  /** It covers what it stands before, and can be closed. */
  onClose: (() => void) | null;
  onSelect: (id: string) => void;
}

/** The lists: a column of its own, or a drawer. */
export function Nav({ lists, selected, controls, action, onClose, onSelect }: NavProps) {
  const root = useRef<HTMLElement>(null);
  const list = lists.find(({ id }) => id === selected) ?? lists[0];
  const covers = onClose !== null;
  useEffect(() => {
    if (onClose === null) return undefined;
    root.current?.querySelector<HTMLElement>('input, [tabindex="0"]')?.focus();
    return onEscape(() => {
      onClose();
      return true;
    });
    // Where it covers, it is made anew each time it opens.
  }, [covers]);
  if (list === undefined) return null;
  return (
    <nav ref={root} class="nav" aria-label={words.lists} data-covers={covers}>
      <div class="tab-bar nav-bar">
        <TabList label={words.lists} name={NAME} items={lists} selected={list.id} onSelect={onSelect} />
        {action}
        {covers && <IconButton icon={X} label={words.close} onClick={onClose} />}
      </div>
      <TabPanel key={list.id} name={NAME} id={list.id} class="nav-panel">
        {list.content(controls)}
      </TabPanel>
    </nav>
  );
}

interface RailProps {
  lists: readonly NavList[];
  /** The list that is open, or null. */
  open: string | null;
  onToggle: (id: string) => void;
}

/** The lists as buttons on the left edge, where there is no room for more. */
export function Rail({ lists, open, onToggle }: RailProps) {
  return (
    <div class="rail" role="toolbar" aria-label={words.lists} aria-orientation="vertical">
      {lists.map(({ id, label, hint = label, icon }) => (
        <IconButton key={id} icon={icon} label={label} hint={hint} pressed={open === id} onClick={() => onToggle(id)} />
      ))}
    </div>
  );
}
