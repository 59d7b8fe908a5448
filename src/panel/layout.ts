import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** `wide`: request and response side by side. `medium`: one above the other. `narrow`: one at a time. */
export type Layout = 'narrow' | 'medium' | 'wide';

const MEDIUM_FROM = 560;
const WIDE_FROM = 900;

/** The layout for a panel of that width in CSS pixels. */
export function layoutFor(width: number): Layout {
  if (width >= WIDE_FROM) return 'wide';
  return width >= MEDIUM_FROM ? 'medium' : 'narrow';
}

/** The layout for an element as it stands, and again whenever its width changes. */
export function useLayout(element: RefObject<HTMLElement | null>): Layout {
  const [layout, setLayout] = useState<Layout>('wide');
  useLayoutEffect(() => {
    const area = element.current;
    if (area === null) return undefined;
    // Before the first paint: nothing is seen to jump.
    if (area.clientWidth > 0) setLayout(layoutFor(area.clientWidth));
    const observer = new ResizeObserver(() => {
      // A panel that is not shown has no width, and keeps its layout.
      if (area.clientWidth > 0) setLayout(layoutFor(area.clientWidth));
    });
    observer.observe(area);
    return () => observer.disconnect();
  }, [element]);
  return layout;
}
