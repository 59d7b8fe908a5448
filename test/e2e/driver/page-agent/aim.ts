/** Getting ready for real input: where to click, what to focus, and whether the click arrived. */

import { LookupError, findOne, showElement, showTarget } from './find.ts';
import type { WireTarget } from './find.ts';
import { isDisabled } from './state.ts';
import { until } from './wait.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How long a click may take from the driver to the page. */
const CLICK_BOUND = 5000;

let landing: Promise<string> = Promise.resolve('');

/** Whether what lies under the pointer passes the click on to the element. */
function passesTo(hit: Element, element: Element): boolean {
  return hit === element || element.contains(hit) || hit.closest('label')?.control === element;
}

function enabled(target: WireTarget): Element {
  const element = findOne(target);
  if (isDisabled(element)) throw new LookupError(`${showTarget(target)} is disabled`);
  return element;
}

/**
 * Watches the next press of the pointer until its last event (`click`, or for a drag `pointerup`). The promise gives an
 * empty string, or what went wrong.
 */
function watchPointer(element: Element, last: 'click' | 'pointerup'): void {
  landing = new Promise((resolve) => {
    let verdict = 'never arrived';
    const down = (event: Event): void => {
      const hit = event.target;
      verdict = hit instanceof Element && !passesTo(hit, element) ? `hit ${showElement(hit)}` : `ended before ${last}`;
    };
    const done = (): void => {
      removeEventListener('pointerdown', down, true);
      removeEventListener(last, end, true);
      clearTimeout(bound);
      resolve(verdict);
    };
    const end = (): void => {
      if (verdict === `ended before ${last}`) verdict = '';
      // A later task sees what the page's own listeners did.
      setTimeout(done);
    };
    const bound = setTimeout(done, CLICK_BOUND);
    addEventListener('pointerdown', down, true);
    addEventListener(last, end, true);
  });
}

function middleOf(element: Element, block: ScrollLogicalPosition): { point: Point; hit: Element | null } {
  element.scrollIntoView({ block, inline: block, behavior: 'instant' });
  const box = element.getBoundingClientRect();
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return { point, hit: document.elementFromPoint(point.x, point.y) };
}

/** Brings the element into view, waits until a click on its middle would reach it, and gives that point. */
export function aim(target: WireTarget, last: 'click' | 'pointerup', timeout: number): Promise<Point> {
  return until(
    () => {
      const element = enabled(target);
      const { point, hit } = middleOf(element, 'nearest');
      // Scrolled to the edge it may lie under something sticky; in the middle it will not.
      const again = hit !== null && passesTo(hit, element) ? { point, hit } : middleOf(element, 'center');
      if (again.hit === null) throw new LookupError(`${showTarget(target)} is outside the visible part of the page`);
      if (!passesTo(again.hit, element))
        throw new LookupError(`${showTarget(target)} is covered by ${showElement(again.hit)}`);
      watchPointer(element, last);
      return again.point;
    },
    timeout,
    () => '',
  );
}

/** Resolves when the click that `aim` prepared has arrived; throws when it hit something else. */
export async function landed(target: WireTarget): Promise<void> {
  const trouble = await landing;
  if (trouble !== '') throw new Error(`The click on ${showTarget(target)} ${trouble}`);
}

/** Makes sure that keys come to this page. */
export function activate(): void {
  if (!document.hasFocus()) window.focus();
}

function selectContent(element: HTMLElement, all: boolean): void {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    if (all) element.select();
    else if (/^(text|search|url|tel|password|textarea)$/.test(element.type))
      element.setSelectionRange(element.value.length, element.value.length);
    return;
  }
  const selection = getSelection();
  selection?.selectAllChildren(element);
  if (!all) selection?.collapseToEnd();
}

/** Focuses a field and puts its content, or its end, into the selection. Gives whether it has any content. */
export function focusField(target: WireTarget, select: 'all' | 'end', timeout: number): Promise<{ empty: boolean }> {
  return until(
    () => {
      const element = enabled(target);
      if (!(element instanceof HTMLElement)) return undefined;
      if (element.matches(':is(input, textarea):read-only'))
        throw new LookupError(`${showTarget(target)} is read-only`);
      activate();
      element.focus();
      selectContent(element, select === 'all');
      const content = 'value' in element ? element.value : element.textContent;
      return { empty: content === '' };
    },
    timeout,
    () => `${showTarget(target)} cannot have text`,
  );
}

/** Focuses an element; throws when it does not take the focus. */
export function focus(target: WireTarget, timeout: number): Promise<true> {
  return until(
    () => {
      const element = enabled(target);
      activate();
      if (element instanceof HTMLElement || element instanceof SVGElement) element.focus();
      return element.contains(document.activeElement) || undefined;
    },
    timeout,
    () => `${showTarget(target)} does not take the focus`,
  );
}
