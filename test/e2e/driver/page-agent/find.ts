/** Finding elements by role and name, with errors that say what is there instead. */

import { collapse, nameOf } from './names.ts';
import { isReachable, roleOf } from './roles.ts';

/** A name on its way into the page: a RegExp does not survive JSON. */
export type Pattern = string | { readonly source: string; readonly flags: string };

export interface WireTarget {
  readonly role: string;
  readonly name?: Pattern;
  readonly index?: number;
  readonly within?: WireTarget;
}

/** Thrown when an element is not there (yet), not alone or not ready; worth waiting on, unlike other errors. */
export class LookupError extends Error {}

/** No such element at all. */
export class MissingError extends LookupError {}

const LISTED = 12;

export function showPattern(pattern: Pattern | undefined): string {
  if (pattern === undefined) return '';
  return typeof pattern === 'string' ? ` "${pattern}"` : ` /${pattern.source}/${pattern.flags}`;
}

export function showTarget(target: WireTarget): string {
  const index = target.index === undefined ? '' : ` #${target.index}`;
  const within = target.within === undefined ? '' : ` in ${showTarget(target.within)}`;
  return `${target.role}${showPattern(target.name)}${index}${within}`;
}

/** A short description of an element for messages. */
export function showElement(element: Element): string {
  const role = roleOf(element);
  return role === '' ? `<${element.localName}>` : `${role} "${nameOf(element).slice(0, 80)}"`;
}

function showPlace(element: Element): string {
  for (let up = element.parentElement; up !== null; up = up.parentElement) {
    if (roleOf(up) !== '' && /^(region|tablist|table|row|list|dialog|tabpanel|navigation|group)$/.test(roleOf(up)))
      return `${showElement(element)} in ${showElement(up)}`;
  }
  return showElement(element);
}

export function matchesName(element: Element, pattern: Pattern | undefined): boolean {
  if (pattern === undefined) return true;
  const name = nameOf(element);
  return typeof pattern === 'string'
    ? name === collapse(pattern)
    : new RegExp(pattern.source, pattern.flags).test(name);
}

/** All elements of the role inside the target's surroundings, reachable or not. */
function ofRole(target: WireTarget): Element[] {
  const root: ParentNode = target.within === undefined ? document : findOne(target.within);
  return [...root.querySelectorAll('*')].filter((element) => roleOf(element) === target.role);
}

/** All reachable elements that fit, in document order; `index` is not looked at. */
export function findAll(target: WireTarget): Element[] {
  return ofRole(target).filter((element) => isReachable(element) && matchesName(element, target.name));
}

function notFound(target: WireTarget): MissingError {
  const all = ofRole(target);
  const hidden = all.some((element) => matchesName(element, target.name) && !isReachable(element));
  const others = all.filter((element) => isReachable(element)).map((element) => `"${nameOf(element)}"`);
  const list =
    others.length === 0 ? `there is no reachable ${target.role}` : `there is ${others.slice(0, LISTED).join(', ')}`;
  const more = others.length > LISTED ? ` and ${others.length - LISTED} more` : '';
  return new MissingError(`No ${showTarget(target)}: ${hidden ? 'one is hidden or inert; ' : ''}${list}${more}`);
}

/** Like findAll; none when the surroundings are missing. */
export function findAny(target: WireTarget): Element[] {
  try {
    return findAll(target);
  } catch (error) {
    if (error instanceof MissingError) return [];
    throw error;
  }
}

/** The one element that fits. Throws LookupError when there is none, or more than one and no index. */
export function findOne(target: WireTarget): Element {
  const found = findAll(target);
  const picked = target.index === undefined ? found[0] : found.at(target.index);
  if (picked === undefined) throw notFound(target);
  if (found.length > 1 && target.index === undefined) {
    const list = found.slice(0, LISTED).map(showPlace).join('; ');
    throw new LookupError(`${found.length} match ${showTarget(target)}, say which (within, index): ${list}`);
  }
  return picked;
}
