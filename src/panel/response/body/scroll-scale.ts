/**
 * Browsers stop scrolling at some height (Firefox at 8.9 million pixels, Chromium at 33.5). A list that is higher is
 * scrolled through a canvas of bounded height, on which one pixel stands for more than one.
 */
const MAX_CANVAS = 8_000_000;

export interface ScrollScale {
  /** Height of the scrolled element in pixels. */
  readonly canvas: number;
  /** Canvas pixels are list pixels. */
  readonly isExact: boolean;
  /** Where in the list a scroll position stands; both in pixels. */
  toList(scrollTop: number): number;
  toScroll(listTop: number): number;
  /** The nearest place in the list that can stand at the top. */
  clamp(listTop: number): number;
}

/**
 * @param height all rows, in pixels
 * @param viewport what of them is seen at a time
 */
export function scrollScale(height: number, viewport: number): ScrollScale {
  const canvas = Math.min(height, MAX_CANVAS);
  const isExact = canvas === height;
  const furthest = Math.max(0, height - viewport);
  const factor = isExact ? 1 : furthest / Math.max(1, canvas - viewport);
  return {
    canvas,
    isExact,
    toList: (scrollTop) => scrollTop * factor,
    toScroll: (listTop) => listTop / factor,
    clamp: (listTop) => Math.min(Math.max(0, listTop), furthest),
  };
}
