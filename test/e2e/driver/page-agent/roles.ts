/** Which ARIA role an element has: the explicit one, else what HTML-AAM gives to the elements that we use. */

const BY_TAG: Readonly<Record<string, string>> = {
  article: 'article',
  aside: 'complementary',
  button: 'button',
  datalist: 'listbox',
  dd: 'definition',
  details: 'group',
  dialog: 'dialog',
  dt: 'term',
  fieldset: 'group',
  figure: 'figure',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  hr: 'separator',
  img: 'img',
  li: 'listitem',
  main: 'main',
  menu: 'list',
  meter: 'meter',
  nav: 'navigation',
  ol: 'list',
  optgroup: 'group',
  option: 'option',
  output: 'status',
  progress: 'progressbar',
  summary: 'button',
  table: 'table',
  tbody: 'rowgroup',
  td: 'cell',
  textarea: 'textbox',
  tfoot: 'rowgroup',
  thead: 'rowgroup',
  tr: 'row',
  ul: 'list',
};

const BY_INPUT_TYPE: Readonly<Record<string, string>> = {
  button: 'button',
  checkbox: 'checkbox',
  file: 'button',
  hidden: '',
  image: 'button',
  number: 'spinbutton',
  radio: 'radio',
  range: 'slider',
  reset: 'button',
  search: 'searchbox',
  submit: 'button',
};

/** The role of an element; empty when it has none. A password field counts as a textbox: people look for it as one. */
export function roleOf(element: Element): string {
  const explicit = element.getAttribute('role')?.trim().split(/\s+/)[0];
  if (explicit !== undefined && explicit !== '') return explicit;
  const tag = element.localName;
  if (element instanceof HTMLInputElement) {
    const role = BY_INPUT_TYPE[element.type] ?? 'textbox';
    return element.list !== null && (role === 'textbox' || role === 'searchbox') ? 'combobox' : role;
  }
  if (element instanceof HTMLSelectElement) return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
  if (tag === 'a' || tag === 'area') return element.hasAttribute('href') ? 'link' : '';
  if (tag === 'th') return element.getAttribute('scope') === 'row' ? 'rowheader' : 'columnheader';
  // A section or form is a landmark only when it is named.
  if (tag === 'section' || tag === 'form') {
    if (!element.hasAttribute('aria-label') && !element.hasAttribute('aria-labelledby')) return '';
    return tag === 'form' ? 'form' : 'region';
  }
  return BY_TAG[tag] ?? '';
}

/** Whether assistive technology and the mouse can get at the element. */
export function isReachable(element: Element): boolean {
  // The options of a closed select have no boxes, and the field stands for them.
  const rendered = element.localName === 'option' ? (element.closest('select') ?? element) : element;
  if (!rendered.checkVisibility({ visibilityProperty: true })) return false;
  if (rendered.closest('[aria-hidden="true"], [inert]') !== null) return false;
  const modals = document.querySelectorAll(':modal');
  const top = modals[modals.length - 1];
  return top === undefined || top.contains(element);
}
