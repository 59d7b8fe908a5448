/** The accessible name of an element: the parts of accname-1.2 that our markup uses. */

import { roleOf } from './roles.ts';

const NAMED_BY_CONTENT = new Set(
  `button cell checkbox columnheader gridcell heading link listitem menuitem menuitemcheckbox menuitemradio option radio
   row rowheader switch tab term tooltip treeitem`.split(/\s+/),
);

/** Collapses white space, as names and texts are compared without it. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function referenced(element: Element, attribute: string): string {
  const ids = element.getAttribute(attribute)?.trim().split(/\s+/) ?? [];
  const parts = ids.map((id) => document.getElementById(id)).filter((found) => found !== null);
  return collapse(parts.map((part) => part.getAttribute('aria-label') ?? contentOf(part, element)).join(' '));
}

function embedded(element: Element): string | undefined {
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text ?? '';
  if (element instanceof HTMLTextAreaElement) return element.value;
  if (element instanceof HTMLInputElement) return /^(checkbox|radio|hidden)$/.test(element.type) ? '' : element.value;
  return undefined;
}

function contentOf(element: Element, except: Element): string {
  let text = '';
  for (const node of element.childNodes) {
    if (node instanceof Text) text += node.data;
    if (!(node instanceof Element) || node === except) continue;
    if (node.getAttribute('aria-hidden') === 'true' || !node.checkVisibility({ visibilityProperty: true })) continue;
    const part =
      node.getAttribute('aria-label') ?? embedded(node) ?? node.getAttribute('alt') ?? contentOf(node, except);
    text += getComputedStyle(node).display.startsWith('inline') ? part : ` ${part} `;
  }
  return text;
}

function nativeName(element: Element): string {
  if (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLButtonElement ||
    element instanceof HTMLOutputElement ||
    element instanceof HTMLProgressElement
  ) {
    const labels = [...(element.labels ?? [])].map((label) => contentOf(label, element)).join(' ');
    if (labels.trim() !== '') return labels;
  }
  if (element instanceof HTMLInputElement && /^(button|submit|reset)$/.test(element.type)) return element.value;
  if (element instanceof HTMLOptionElement) return element.label;
  if (element instanceof HTMLImageElement) return element.alt;
  const heading = { fieldset: 'legend', table: 'caption', figure: 'figcaption', details: 'summary' }[element.localName];
  const first = heading === undefined ? null : element.querySelector(`:scope > ${heading}`);
  return first === null ? '' : contentOf(first, element);
}

/** The accessible name, white space collapsed; empty when there is none. */
export function nameOf(element: Element): string {
  const label = referenced(element, 'aria-labelledby') || collapse(element.getAttribute('aria-label') ?? '');
  if (label !== '') return label;
  const native = collapse(nativeName(element));
  if (native !== '') return native;
  const content = NAMED_BY_CONTENT.has(roleOf(element)) ? collapse(contentOf(element, element)) : '';
  return content || collapse(element.getAttribute('title') ?? element.getAttribute('placeholder') ?? '');
}

/** What describes the element further: its description or error message, else a tooltip that is not its name. */
export function descriptionOf(element: Element): string {
  const described = [referenced(element, 'aria-describedby'), referenced(element, 'aria-errormessage')];
  const text = collapse(described.join(' ')) || collapse(element.getAttribute('aria-description') ?? '');
  const title = collapse(element.getAttribute('title') ?? '');
  return text || (title === nameOf(element) ? '' : title);
}
