/**
 * Puts the selected bytes on the clipboard as `00 ff 80`, a line for each row, or, where characters alone are selected,
 * those: the browser would put every cell on a line of its own.
 */
export function copyBytes(event: ClipboardEvent): void {
  const selection = getSelection();
  const list = event.currentTarget;
  if (selection === null || selection.isCollapsed || !(list instanceof Element)) return;
  const text = selectedCells(list, '.hex-bytes', ' ', selection) || selectedCells(list, '.hex-text', '', selection);
  if (text === '') return;
  event.clipboardData?.setData('text/plain', text);
  event.preventDefault();
}

function selectedCells(list: Element, column: string, between: string, selection: Selection): string {
  return Array.from(list.querySelectorAll(column), (row) =>
    Array.from(row.children)
      .filter((cell) => selection.containsNode(cell, true))
      .map((cell) => cell.textContent)
      .join(between),
  )
    .filter((line) => line !== '')
    .join('\n');
}
