type Field = HTMLInputElement | HTMLTextAreaElement;

const COPIED = ['font', 'letterSpacing', 'lineHeight', 'padding', 'border', 'tabSize', 'boxSizing'] as const;

/** Where a character of a field stands, in pixels of the page's view: the upper end and the lower end of its line. */
export function caretPlace(field: Field, offset: number): { left: number; top: number; bottom: number } {
  const box = field.getBoundingClientRect();
  const mirror = document.createElement('div');
  const style = getComputedStyle(field);
  for (const property of COPIED) mirror.style[property] = style[property];
  mirror.style.position = 'fixed';
  mirror.style.visibility = 'hidden';
  mirror.style.whiteSpace = 'pre';
  const sign = document.createElement('span');
  sign.textContent = '\u200B';
  mirror.append(field.value.slice(0, offset), sign);
  document.body.append(mirror);
  const origin = mirror.getBoundingClientRect();
  const place = sign.getBoundingClientRect();
  mirror.remove();
  const isLine = field instanceof HTMLInputElement;
  const left = box.left + (place.left - origin.left) - field.scrollLeft;
  return {
    left: Math.min(Math.max(left, box.left), box.right),
    top: isLine ? box.top : box.top + (place.top - origin.top) - field.scrollTop,
    bottom: isLine ? box.bottom : box.top + (place.bottom - origin.top) - field.scrollTop,
  };
}
