import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { scrollScale } from './scroll-scale.ts';

/** Rows made beyond those in sight, above and below, so that a short scroll shows no gap. */
const OVERSCAN = 16;
/** Where there is no layout (or none yet) this much is taken to be in sight. Pixels. */
const ASSUMED_HEIGHT = 600;

export interface RowWindow {
  readonly viewport: RefObject<HTMLDivElement | null>;
  /** Height of the scrolled canvas in pixels. */
  readonly canvas: number;
  /** Rows to be made: `from` to `to`, the last not included. */
  readonly from: number;
  readonly to: number;
  /** How many rows fit into sight. */
  readonly page: number;
  /** Where on the canvas a row's upper edge stands, in pixels. */
  readonly top: (row: number) => number;
  /** Scrolls, if need be, until the row is in sight. */
  readonly reveal: (row: number) => void;
}

/** Which of many rows of one height are in sight, as one scrolls. */
export function useRowWindow(rows: number, rowHeight: number): RowWindow {
  const viewport = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [listTop, setListTop] = useState(0);
  const seen = height || ASSUMED_HEIGHT;
  const scale = scrollScale(rows * rowHeight, seen);
  const latest = useRef({ scale, listTop, seen });
  latest.current = { scale, listTop: scale.clamp(listTop), seen };
  /** Where the scroll bar stood when the list's place was last taken from it or given to it. */
  const synced = useRef(0);

  const moveTo = useCallback((target: number) => {
    const { scale } = latest.current;
    const top = scale.clamp(target);
    latest.current.listTop = top;
    setListTop(top);
    if (!viewport.current) return;
    viewport.current.scrollTop = scale.toScroll(top);
    synced.current = viewport.current.scrollTop;
  }, []);

  useLayoutEffect(() => {
    // On a scaled canvas the same place is another pixel when rows were added.
    const { scale, listTop } = latest.current;
    if (!scale.isExact && viewport.current) viewport.current.scrollTop = scale.toScroll(listTop);
  }, [rows]);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    setHeight(element.clientHeight);
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const element = viewport.current;
    if (!element) return undefined;
    const onScroll = (): void => {
      const { scale, listTop } = latest.current;
      synced.current = element.scrollTop;
      // Our own moves come back as events: on a scaled canvas the pixel is coarser than the place it stands for.
      if (Math.abs(scale.toScroll(listTop) - element.scrollTop) >= 1) setListTop(scale.toList(element.scrollTop));
    };
    const onWheel = (event: WheelEvent): void => {
      if (latest.current.scale.isExact || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit = [1, rowHeight, latest.current.seen][event.deltaMode] ?? 1;
      moveTo(latest.current.listTop + event.deltaY * unit);
      element.scrollLeft += event.deltaX * unit;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const { scale, listTop, seen } = latest.current;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
      if (scale.isExact || !isPlain || event.target !== element) return;
      const target = {
        ArrowDown: listTop + rowHeight,
        ArrowUp: listTop - rowHeight,
        PageDown: listTop + seen - rowHeight,
        PageUp: listTop - seen + rowHeight,
        Home: 0,
        End: Infinity,
      }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      moveTo(target);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('keydown', onKeyDown);
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('keydown', onKeyDown);
    };
  }, [moveTo, rowHeight]);

  const top = scale.clamp(listTop);
  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element || scale.isExact) return;
    // Scrolled a moment ago: the event is still to come, and it counts.
    if (Math.abs(element.scrollTop - synced.current) >= 1) return;
    // More rows on a scaled canvas: the rows in sight stay, and the scroll bar moves.
    element.scrollTop = scale.toScroll(latest.current.listTop);
    synced.current = element.scrollTop;
  }, [rows, seen, scale.isExact]);
  const first = Math.floor(top / rowHeight);
  const page = Math.ceil(seen / rowHeight);
  return {
    viewport,
    canvas: scale.canvas,
    from: Math.max(0, first - OVERSCAN),
    to: Math.min(rows, first + page + OVERSCAN),
    page,
    top: (row) => (scale.isExact ? row * rowHeight : scale.toScroll(top) + row * rowHeight - top),
    reveal: useCallback(
      (row: number) => {
        const { listTop, seen } = latest.current;
        const edge = row * rowHeight;
        // In the middle, so that what stands around it is seen too.
        if (edge < listTop || edge + rowHeight > listTop + seen) moveTo(edge - seen / 2 + rowHeight / 2);
      },
      [moveTo, rowHeight],
    ),
  };
}
