import type { ComponentChildren, CSSProperties } from 'preact';
import { useState } from 'preact/hooks';
import { useRowWindow } from '../response/body/use-row-window.ts';
/** Pixels; the stylesheet has the same. */
const ROW = 24;

interface ResultGridProps {
  label: string;
  /** What stands on each line, from top to bottom. */
  lines: readonly number[];
  /**
   * Results on a line: with one the line is chosen, with several each has a cell of its own. The results of line `n` are
   * those from `n * per` on.
   */
  per: number;
  style: CSSProperties;
  heads: ComponentChildren;
  /** What is said where no line is. */
  empty: string;
  /** The cells of a line. `active` is the chosen result. */
  cells: (line: number, active: number | null) => ComponentChildren;
  /** What became of a line that is one result. */
  state?: (line: number) => string;
  /** A result is chosen. */
  onShow: (index: number) => void;
  /** It is to be seen, where the table covers it. */
  onOpen: (index: number) => void;
}

export const resultId = (index: number): string => `result-${index}`;

/** A grid of any length, of which only the lines in sight exist. One tab stop; arrow keys, Page, Home and End move. */
export function ResultGrid(props: ResultGridProps) {
  const { lines, per, cells, onShow, onOpen } = props;
  const [active, setActive] = useState<number | null>(null);
  const { viewport, canvas, from, to, page, top, reveal } = useRowWindow(lines.length, ROW);
  const at = active === null ? -1 : lines.indexOf(Math.floor(active / per));

  function choose(index: number | undefined): void {
    if (index === undefined) return;
    setActive(index);
    onShow(index);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== viewport.current) return;
    if (event.key === 'Enter' && active !== null) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const last = lines.length - 1;
    const down = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page - 1,
      PageUp: at - page + 1,
      Home: 0,
      End: last,
    }[event.key];
    const across = per === 1 ? undefined : { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (down === undefined && across === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const place = Math.min(last, Math.max(0, down ?? at));
    const column = Math.min(per - 1, Math.max(0, (active === null ? 0 : active % per) + (across ?? 0)));
    const line = lines[place];
    if (line === undefined) return;
    choose(line * per + column);
    reveal(place);
  }

  const visible = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  // What `aria-activedescendant` names has to exist.
  if (at >= 0 && (at < from || at >= to)) visible.push(at);
  return (
    <div
      ref={viewport}
      class="result-grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={lines.length + 1}
      aria-activedescendant={at < 0 || active === null ? undefined : resultId(active)}
      style={props.style}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) => choose(indexAt(event))}
      onDblClick={(event) => {
        const index = indexAt(event);
        if (index !== undefined) onOpen(index);
      }}
    >
      <div class="result-row result-head" role="row" aria-rowindex={1}>
        {props.heads}
      </div>
      {lines.length === 0 && <p class="capture-empty">{props.empty}</p>}
      <div class="result-canvas" style={{ height: `${canvas}px` }} role="rowgroup">
        {visible.map((place) => {
          const line = lines[place];
          if (line === undefined) return null;
          const whole =
            per === 1 ? { id: resultId(line), 'data-index': line, 'aria-selected': line === active } : undefined;
          return (
            <div
              key={place < from || place >= to ? 'active' : place % Math.max(1, to - from)}
              class="result-row"
              style={{ top: `${top(place)}px` }}
              role="row"
              data-state={props.state?.(line)}
              aria-rowindex={place + 2}
              {...whole}
            >
              <span class="result-cell result-index" role="gridcell">
                {line + 1}
              </span>
              {cells(line, active)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function indexAt(event: MouseEvent): number | undefined {
  const found = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  return found === null ? undefined : Number(found.dataset['index']);
}
