import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Without layout. */
const ASSUMED_COLUMNS = 100;
/** A width that stays for so long is meant: rows are not made anew at every step of a drag. Milliseconds. */
const SETTLED_AFTER = 120;
const PROBE_LENGTH = 50;

/** How many characters of the monospaced face fit into an element, side by side; null before it was measured. */
export function useColumns(element: RefObject<HTMLElement | null>): number | null {
  const [columns, setColumns] = useState<number | null>(null);
  useLayoutEffect(() => {
    const area = element.current;
    if (!area) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = (): void => {
      const width = area.clientWidth;
      // A pane that is not shown keeps its rows.
      if (width > 0) setColumns(Math.max(1, Math.floor(width / characterWidth(area))));
    };
    setColumns(ASSUMED_COLUMNS);
    measure();
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(measure, SETTLED_AFTER);
    });
    observer.observe(area);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [element]);
  return columns;
}

function characterWidth(area: HTMLElement): number {
  const probe = document.createElement('span');
  probe.className = 'character-probe';
  probe.textContent = '0'.repeat(PROBE_LENGTH);
  area.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width > 0 ? width / PROBE_LENGTH : 1;
}
