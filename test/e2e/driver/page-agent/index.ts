/** The part of the driver that runs in the page. One script for both browsers; everything in and out is JSON. */

import { activate, aim, focus, focusField, landed } from './aim.ts';
import { LookupError, findAny, findOne, showTarget } from './find.ts';
import type { WireTarget } from './find.ts';
import { collapse, nameOf } from './names.ts';
import { roleOf } from './roles.ts';
import { fits, rowsOf, showMismatch, stateOf } from './state.ts';
import type { WireExpectation } from './state.ts';
import { until } from './wait.ts';

function choose(select: HTMLSelectElement, text: string): void {
  const wanted = collapse(text);
  const option = [...select.options].find((each) => collapse(each.label) === wanted);
  if (option === undefined || option.disabled)
    throw new LookupError(
      `No option "${wanted}": there is ${[...select.options].map((each) => `"${each.label}"`).join(', ')}`,
    );
  select.focus();
  if (option.selected) return;
  // The browsers' own popups are outside the page: choosing is done as WebDriver clients do it.
  select.value = option.value;
  select.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

export const agent = {
  activate,
  aim,
  focus,
  focusField,
  landed,

  state: (target: WireTarget, timeout: number) =>
    until(
      () => stateOf(findOne(target)),
      timeout,
      () => '',
    ),
  count: (target: WireTarget) => findAny(target).length,
  names: (target: WireTarget) => findAny(target).map(nameOf),
  rows: (target: WireTarget, timeout: number) =>
    until(
      () => rowsOf(findOne(target)),
      timeout,
      () => '',
    ),

  waitFor: (target: WireTarget, expected: WireExpectation, timeout: number) =>
    until(
      () => {
        const state = stateOf(findOne(target));
        return fits(state, expected) ? state : undefined;
      },
      timeout,
      () => showMismatch(target, expected),
    ),

  waitUntilGone: (target: WireTarget, timeout: number) =>
    until(
      () => findAny(target).length === 0 || undefined,
      timeout,
      () => `${showTarget(target)} is still there`,
    ),

  /** Chooses in a `<select>`; anything else is left to the driver's real input. */
  choose: (target: WireTarget, text: string, timeout: number) =>
    until(
      () => {
        const element = findOne(target);
        if (element instanceof HTMLSelectElement) choose(element, text);
        else return element instanceof HTMLInputElement && element.list !== null ? 'fill' : 'click';
        return 'done';
      },
      timeout,
      () => '',
    ),

  focused: () => {
    const element = document.activeElement;
    if (element === null || element === document.body || !document.hasFocus()) return null;
    return { role: roleOf(element), name: nameOf(element) };
  },

  waitForMedia: (query: string, timeout: number) =>
    until(
      () => matchMedia(query).matches || undefined,
      timeout,
      () => `The page never matched ${query}; it is ${innerWidth} × ${innerHeight}`,
    ),

  size: () => ({ width: innerWidth, height: innerHeight }),
};

export type Agent = typeof agent;
