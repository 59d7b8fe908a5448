import { useRef } from 'preact/hooks';

interface SplitterProps {
  label: string;
  /** `vertical`: a vertical bar, panes side by side. */
  orientation: 'vertical' | 'horizontal';
  /** The first pane's share, 0 to 1. */
  share: number;
  /** Where a double click puts it. */
  home: number;
  onMove: (share: number) => void;
}

const SMALLEST = 0.2;
const LARGEST = 0.8;
const STEP = 0.02;

const clampShare = (share: number): number => Math.min(LARGEST, Math.max(SMALLEST, share));

/** A bar between two panes: dragged, or moved by arrow keys, Home, End and Enter (back to its first place). */
export function Splitter({ label, orientation, share, home, onMove }: SplitterProps) {
  const bar = useRef<HTMLDivElement>(null);
  const vertical = orientation === 'vertical';

  function follow(event: PointerEvent): void {
    const area = bar.current?.parentElement?.getBoundingClientRect();
    if (area === undefined || !bar.current?.hasPointerCapture(event.pointerId)) return;
    const place = vertical ? (event.clientX - area.left) / area.width : (event.clientY - area.top) / area.height;
    if (Number.isFinite(place)) onMove(clampShare(place));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = {
      [vertical ? 'ArrowLeft' : 'ArrowUp']: share - STEP,
      [vertical ? 'ArrowRight' : 'ArrowDown']: share + STEP,
      Home: SMALLEST,
      End: LARGEST,
      Enter: home,
    }[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(clampShare(target));
  }

  return (
    <div
      ref={bar}
      class="splitter"
      role="separator"
      aria-label={label}
      title={label}
      aria-orientation={orientation}
      aria-valuemin={SMALLEST * 100}
      aria-valuemax={LARGEST * 100}
      aria-valuenow={Math.round(share * 100)}
      tabIndex={0}
      onPointerDown={(event) => {
        event.preventDefault();
        bar.current?.setPointerCapture(event.pointerId);
        bar.current?.focus({ preventScroll: true });
      }}
      onPointerMove={follow}
      onDblClick={() => onMove(home)}
      onKeyDown={onKeyDown}
    />
  );
}
