import type { Panel } from '../driver/types.ts';

/** The cells of the results in sight, row by row. */
export function resultRows(panel: Panel): Promise<string[][]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll('[role=grid][aria-label=Results] [role=rowgroup] [role=row]')].map((row) =>
      [...row.querySelectorAll<HTMLElement>('[role=gridcell]')].map((cell) =>
        (cell.textContent ?? '').replace(/\s+/g, ' ').trim(),
      ),
    ),
  );
}
