import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { StreamKind } from '../../../inspect/stream/record-scanner.ts';
import type { StreamRow, StreamState } from '../../../inspect/stream/stream-row.ts';
import { previewStrings } from '../../preview-strings.ts';
import { useRowWindow } from '../body/use-row-window.ts';
import { clockTime } from './clock-time.ts';
import type { OpenStream } from './open-stream.ts';
import { useStreamRows } from './use-stream-rows.ts';

interface StreamListProps {
  stream: OpenStream;
  state: StreamState;
  /** Rows that are shown. */
  rows: number;
  kind: StreamKind;
  /** Stay at the end while one is there. */
  follow: boolean;
  /** Index of the row. */
  selected: number | null;
  onSelect: (row: number) => void;
}

/** Pixels; the stylesheet has the same. */
const ROW = 22;
const words = previewStrings.stream;

/** Events or lines, of which only those in sight exist. One tab stop; arrow keys, Home, End, Page up and down select. */
export function StreamList({ stream, state, rows, kind, follow, selected, onSelect }: StreamListProps) {
  const { viewport, canvas, from, to, page, top, reveal } = useRowWindow(rows, ROW);
  const growth = to >= rows ? state.bytes : 0;
  const fetched = useStreamRows(stream, from, to, growth);
  const atEnd = useRef(true);

  useEffect(() => {
    const list = viewport.current;
    if (list === null) return undefined;
    const onScroll = (): void => {
      atEnd.current = list.scrollTop + list.clientHeight > list.scrollHeight - ROW;
    };
    list.addEventListener('scroll', onScroll, { passive: true });
    return () => list.removeEventListener('scroll', onScroll);
  }, [viewport]);
  useLayoutEffect(() => {
    const list = viewport.current;
    if (list !== null && follow && atEnd.current) list.scrollTop = list.scrollHeight;
  }, [rows, follow, viewport]);
  useEffect(() => {
    if (selected !== null) reveal(selected);
    // What opens below takes of the list's height.
  }, [selected, page, reveal]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const active = selected ?? from - 1;
    const target = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page - 1,
      PageUp: active - page + 1,
      Home: 0,
      End: rows - 1,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(Math.min(Math.max(0, target), rows - 1));
  }

  const label = kind === 'sse' ? words.eventList : words.lineList;
  const optionId = (index: number): string => `stream-row-${index}`;
  return (
    <div class="stream-area">
      <div
        ref={viewport}
        class="stream-list"
        role="listbox"
        aria-label={label}
        aria-activedescendant={selected === null ? undefined : optionId(selected)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
          if (row !== null) onSelect(Number(row.dataset['row']));
        }}
      >
        <div class="stream-canvas" style={{ height: `${canvas}px` }} role="presentation">
          {fetched.rows.map((row, at) => {
            const index = fetched.from + at;
            if (index >= rows) return null;
            return (
              <div
                key={index % 512}
                id={optionId(index)}
                class="stream-row"
                style={{ top: `${top(index)}px` }}
                role="option"
                data-row={index}
                data-kind={row.kind}
                aria-selected={index === selected}
                aria-setsize={rows}
                aria-posinset={index + 1}
              >
                <RowCells row={row} kind={kind} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function RowCells({ row, kind }: { row: StreamRow; kind: StreamKind }) {
  const time = row.at === null ? null : <span class="stream-time">{clockTime(row.at)}</span>;
  const text = (
    <span class="stream-text">
      {row.text}
      {row.clipped && <span class="stream-more"> …</span>}
    </span>
  );
  if (kind !== 'sse') {
    return (
      <>
        {time}
        <span class="stream-number">{row.record + 1}</span> {text}
      </>
    );
  }
  return (
    <>
      {time}
      <span class="stream-type">{row.type}</span> <span class="stream-id">{row.kind === 'note' ? '' : row.id}</span>{' '}
      {text}
    </>
  );
}
