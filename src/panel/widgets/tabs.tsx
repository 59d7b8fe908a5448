import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Shown after the label and not part of the tab's name: a count, a dot. */
  readonly mark?: ComponentChildren;
  /** Tooltip and accessible description. */
  readonly hint?: string | undefined;
}

interface TabListProps<Id extends string> {
  /** The tab list's accessible name. */
  label: string;
  /** Prefix of the element ids that tie tabs to their panels. */
  name: string;
  items: readonly TabItem<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
}

export const tabId = (name: string, id: string): string => `${name}-tab-${id}`;
export const panelId = (name: string, id: string): string => `${name}-panel-${id}`;

/** Tabs as the ARIA practices want them: one tab stop, arrow keys move and select, Home and End jump. */
export function TabList<Id extends string>({ label, name, items, selected, onSelect }: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (list.current !== null) revealSelected(list.current);
  }, [selected]);

  function select(index: number): void {
    const item = items[(index + items.length) % items.length];
    if (item === undefined) return;
    onSelect(item.id);
    list.current?.querySelector<HTMLElement>(`#${tabId(name, item.id)}`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = items.findIndex((item) => item.id === selected);
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    select(target);
  }

  return (
    <div class="tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          class="tab"
          role="tab"
          id={tabId(name, item.id)}
          aria-selected={item.id === selected}
          aria-controls={item.id === selected ? panelId(name, item.id) : undefined}
          tabIndex={item.id === selected ? 0 : -1}
          title={item.hint}
          // As DevTools' own tabs do: a mark that comes while the button is down moves the tabs, and there is no click then.
          onMouseDown={(event) => {
            if (event.button === 0 && !event.ctrlKey) onSelect(item.id);
          }}
          onClick={() => onSelect(item.id)}
        >
          <span class="tab-label">{item.label}</span>
          {item.mark !== undefined && (
            <span class="tab-mark" aria-hidden="true">
              {item.mark}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** For when lists of tabs have become narrower, or are no longer hidden. */
export function revealTabs(within: HTMLElement): void {
  for (const list of within.querySelectorAll<HTMLElement>('.tab-list')) revealSelected(list);
}

/** Scrolls the list, and nothing around it, so that the selected tab is to be seen whole. */
function revealSelected(list: HTMLElement): void {
  const tab = list.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
  const { left, right } = list.getBoundingClientRect();
  if (tab === undefined || left === right) return;
  if (tab.left < left) list.scrollLeft += tab.left - left;
  else if (tab.right > right) list.scrollLeft += tab.right - right;
}

interface TabPanelProps {
  name: string;
  id: string;
  class?: string;
  children: ComponentChildren;
}

/** What the selected tab shows. */
export function TabPanel({ name, id, class: className, children }: TabPanelProps) {
  return (
    <div
      class={className === undefined ? 'tab-panel' : `tab-panel ${className}`}
      role="tabpanel"
      id={panelId(name, id)}
      aria-labelledby={tabId(name, id)}
    >
      {children}
    </div>
  );
}
