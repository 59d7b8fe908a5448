import type { BatchResult } from '../../model/batch.ts';
import { statusClass } from '../response/reason-phrase.ts';
import { strings } from '../strings.ts';

const words = strings.batches;
const hints: Readonly<Partial<Record<BatchResult['state'], string>>> = words.outcomeHints;

/** What is said in the place of figures that there are not; '' where it is done. */
export function outcomeWords(row: BatchResult | undefined): string {
  if (row === undefined) return '';
  const isNamed = row.state === 'failed' || row.state === 'skipped';
  return (isNamed ? row.error?.name : undefined) ?? words.outcomes[row.state];
}

/** Why it is so; '' where nothing is to be said. */
export const outcomeHint = (row: BatchResult | undefined): string =>
  row === undefined ? '' : row.error?.message || (hints[row.state] ?? '');

/** The status of a result, and what became of it unless it is simply done. */
export function Outcome({ row }: { row: BatchResult | undefined }) {
  const said = outcomeWords(row);
  return (
    <>
      {row?.status != null && (
        <span class="entry-status status-code" data-class={statusClass(row.status)}>
          {row.status}
        </span>
      )}
      {said !== '' && (
        <span class="result-outcome" data-state={row?.state}>
          {said}
        </span>
      )}
    </>
  );
}
