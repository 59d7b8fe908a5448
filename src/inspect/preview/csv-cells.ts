/** The cells of one record (RFC 4180): quotation marks taken off, doubled ones made one. */
export function csvCells(record: string, separator: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = '';
    if (record[at] === '"') {
      let end = at + 1;
      while (end < record.length && (record[end] !== '"' || record[end + 1] === '"'))
        end += record[end] === '"' ? 2 : 1;
      cell = record.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    const next = record.indexOf(separator, at);
    const end = next < 0 ? record.length : next;
    cells.push(cell + record.slice(at, end));
    if (next < 0) return cells;
    at = next + separator.length;
  }
}

/** The separator that splits the first record best: comma, semicolon, tab or bar. */
export function csvSeparator(record: string, essence: string): string {
  if (essence === 'text/tab-separated-values') return '\t';
  const counts = [',', ';', '\t', '|'].map((separator) => [separator, csvCells(record, separator).length] as const);
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
