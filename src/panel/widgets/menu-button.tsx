import type { IconNode } from 'lucide';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { onEscape } from './escape.ts';
import { Icon } from './icon.tsx';

export interface MenuItem {
  readonly label: string;
  /** The tooltip; for an item that cannot be used it says why. */
  readonly hint: string;
  readonly disabled?: boolean;
  /** A line stands above it. */
  readonly begins?: boolean;
  readonly onChoose: () => void;
}

interface MenuButtonProps {
  icon: IconNode;
  label: string;
  hint: string;
  items: readonly MenuItem[];
}

/** Pixels between the button and the menu. */
const GAP = 2;

/** A button that opens a menu of actions (ARIA Authoring Practices, menu button): arrow keys, Home, End, letters, Esc. */
export function MenuButton({ icon, label, hint, items }: MenuButtonProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<'first' | 'last' | null>(null);

  function close(): void {
    setOpen(null);
    button.current?.focus();
  }

  useLayoutEffect(() => {
    if (open === null || menu.current === null || button.current === null) return;
    place(menu.current, button.current.getBoundingClientRect());
    entriesOf(menu.current)
      .at(open === 'first' ? 0 : -1)
      ?.focus();
  }, [open]);

  useEffect(() => {
    if (open === null) return undefined;
    const leave = (event: Event): void => {
      const { target } = event;
      if (target instanceof Node && !menu.current?.contains(target) && !button.current?.contains(target)) setOpen(null);
    };
    const fold = (): void => setOpen(null);
    const forget = onEscape(() => {
      close();
      return true;
    });
    window.addEventListener('pointerdown', leave, { capture: true });
    window.addEventListener('focusin', leave, { capture: true });
    window.addEventListener('resize', fold);
    return () => {
      forget();
      window.removeEventListener('pointerdown', leave, { capture: true });
      window.removeEventListener('focusin', leave, { capture: true });
      window.removeEventListener('resize', fold);
    };
  }, [open]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || menu.current === null) return;
    const entries = entriesOf(menu.current);
    const at = entries.findIndex((entry) => entry === document.activeElement);
    const next = nextEntry(entries, at, event.key);
    if (next === null) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <span class="menu-anchor">
      <button
        ref={button}
        type="button"
        class="icon-button menu-button"
        aria-label={label}
        title={hint}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open === null ? undefined : id}
        onClick={() => setOpen(open === null ? 'first' : null)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        <Icon of={icon} size={12} />
      </button>
      {open !== null && (
        <div ref={menu} id={id} class="menu" role="menu" aria-label={label} popover="manual" onKeyDown={onKeyDown}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              class="menu-item"
              role="menuitem"
              tabIndex={-1}
              title={item.hint}
              data-begins={item.begins}
              aria-disabled={item.disabled === true ? true : undefined}
              onClick={() => {
                if (item.disabled === true) return;
                close();
                item.onChoose();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}

function entriesOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

function nextEntry(entries: readonly HTMLElement[], at: number, key: string): HTMLElement | null {
  const count = entries.length;
  if (key === 'ArrowDown') return entries[(at + 1) % count] ?? null;
  if (key === 'ArrowUp') return entries[(at - 1 + count) % count] ?? null;
  if (key === 'Home') return entries[0] ?? null;
  if (key === 'End') return entries.at(-1) ?? null;
  if (key.length !== 1 || key === ' ') return null;
  const begins = (entry: HTMLElement): boolean => entry.textContent.toLowerCase().startsWith(key.toLowerCase());
  return [...entries.slice(at + 1), ...entries.slice(0, at + 1)].find(begins) ?? null;
}

/** In the top layer, where nothing clips it: under the button, or above it where there is no room. */
function place(menu: HTMLElement, anchor: DOMRect): void {
  // Not in the DOM of the unit tests.
  if (typeof menu.showPopover === 'function') menu.showPopover();
  const { width, height } = menu.getBoundingClientRect();
  const fitsBelow = anchor.bottom + GAP + height <= window.innerHeight || anchor.top < height;
  menu.style.left = `${Math.max(GAP, Math.min(anchor.left, window.innerWidth - width - GAP))}px`;
  menu.style.top = `${fitsBelow ? anchor.bottom + GAP : anchor.top - height - GAP}px`;
}
