/** Reading what an element shows. */

import type { ElementState, Expectation } from '../types.ts';
import { collapse, descriptionOf, nameOf } from './names.ts';
import { findOne, showPattern, showTarget } from './find.ts';
import type { Pattern, WireTarget } from './find.ts';
import { roleOf } from './roles.ts';

export type WireExpectation = Omit<Expectation, 'text' | 'value' | 'description'> & {
  readonly text?: Pattern;
  readonly value?: Pattern;
  readonly description?: Pattern;
};

function flag(element: Element, attribute: string): boolean | undefined {
  const value = element.getAttribute(attribute);
  return value === null ? undefined : value === 'true';
}

function valueOf(element: Element): string | undefined {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.label;
  // An emptied editor keeps a line break that stands for nothing.
  if (element instanceof HTMLElement && element.isContentEditable) return element.textContent && element.innerText;
  if (element instanceof HTMLProgressElement) return String(element.value);
  return element.getAttribute('aria-valuenow') ?? undefined;
}

function checkedOf(element: Element): boolean | 'mixed' | undefined {
  if (element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type))
    return element.indeterminate ? 'mixed' : element.checked;
  return element.getAttribute('aria-checked') === 'mixed' ? 'mixed' : flag(element, 'aria-checked');
}

function expandedOf(element: Element): boolean | undefined {
  const details = element.localName === 'summary' ? element.parentElement : element;
  return details instanceof HTMLDetailsElement ? details.open : flag(element, 'aria-expanded');
}

export function isDisabled(element: Element): boolean {
  return element.matches(':disabled') || element.closest('[aria-disabled="true"]') !== null;
}

export function textOf(element: Element): string {
  return (element instanceof HTMLElement ? element.innerText : (element.textContent ?? '')).trim();
}

export function stateOf(element: Element): ElementState {
  return {
    role: roleOf(element),
    name: nameOf(element),
    text: textOf(element),
    value: valueOf(element),
    checked: checkedOf(element),
    selected: element instanceof HTMLOptionElement ? element.selected : flag(element, 'aria-selected'),
    expanded: expandedOf(element),
    pressed: flag(element, 'aria-pressed'),
    disabled: isDisabled(element),
    invalid: element.matches(':user-invalid') || (flag(element, 'aria-invalid') ?? false),
    focused: element === document.activeElement,
    description: descriptionOf(element),
  };
}

function contains(text: string | undefined, pattern: Pattern | undefined): boolean {
  if (pattern === undefined) return true;
  if (text === undefined) return false;
  return typeof pattern === 'string'
    ? collapse(text).includes(collapse(pattern))
    : new RegExp(pattern.source, pattern.flags).test(text);
}

/** Whether an element is as expected. */
export function fits(state: ElementState, expected: WireExpectation): boolean {
  const flags = ['checked', 'selected', 'expanded', 'pressed', 'disabled', 'invalid', 'focused'] as const;
  return (
    contains(state.text, expected.text) &&
    contains(state.value, expected.value) &&
    contains(state.description, expected.description) &&
    flags.every((key) => expected[key] === undefined || expected[key] === state[key])
  );
}

/** The message for an element that did not become as expected. */
export function showMismatch(target: WireTarget, expected: WireExpectation): string {
  const { text, value, description, ...flags } = expected;
  const wanted = [
    text === undefined ? '' : `text${showPattern(text)}`,
    value === undefined ? '' : `value${showPattern(value)}`,
    description === undefined ? '' : `description${showPattern(description)}`,
    Object.keys(flags).length === 0 ? '' : JSON.stringify(flags),
  ].filter((part) => part !== '');
  const state = stateOf(findOne(target));
  return `${showTarget(target)} never had ${wanted.join(', ')}; it is ${JSON.stringify({ ...state, text: state.text.slice(0, 400) })}`;
}

function cellText(cell: Element): string {
  const fields = [...cell.querySelectorAll('input, select, textarea, [contenteditable]')];
  if (fields.length === 0) return textOf(cell);
  return fields
    .map((field) => {
      const checked = checkedOf(field);
      return checked === undefined ? (valueOf(field) ?? '') : checked === true ? 'on' : 'off';
    })
    .join(' ');
}

/** The body rows of a table, cell by cell. */
export function rowsOf(table: Element): string[][] {
  const cellRoles = new Set(['cell', 'gridcell', 'rowheader']);
  return [...table.querySelectorAll('*')]
    .filter((element) => roleOf(element) === 'row' && element.checkVisibility())
    .map((row) => [...row.querySelectorAll('*')].filter((element) => cellRoles.has(roleOf(element))))
    .filter((cells) => cells.length > 0)
    .map((cells) => cells.map(cellText));
}
