import { ArrowDown, ArrowUp } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount, formatDuration } from '../../inspect/format.ts';
import type { BatchResult } from '../../model/batch.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import type { OpenBatch } from './batches.ts';
import { exportResults } from './export-results.ts';
import { Outcome, outcomeHint, outcomeWords } from './outcome.tsx';
import type { Plan } from './plan.ts';
import { RequestCell } from './request-cell.tsx';
import { ResultGrid } from './result-grid.tsx';
import {
  listResults,
  outstanding,
  resultColumns,
  resultShows,
  type ResultColumn,
  type ResultSource,
  type ResultView,
} from './result-list.ts';
import { ResultTools } from './result-tools.tsx';
import type { Runner } from './runner.ts';

const words = strings.batches;

interface ResultsProps {
  batch: OpenBatch;
  /** A result is chosen. */
  onShow: (index: number) => void;
  /** It is to be seen, where the table covers it. */
  onOpen: (index: number) => void;
}

/** Every request of a batch on one line: filtered, sorted, exported, and opened one by one. */
export function Results({ batch, onShow, onOpen }: ResultsProps) {
  const [view, setView] = useState<ResultView>({ show: 'all', text: '', by: 'index', descending: false });
  const runner = batch.runner.value;
  const version = runner?.version.value ?? 0;
  const { total } = batch.head.value;
  const hosts = batch.head.value.hosts.length;
  // Read here: a row that read a signal itself would be drawn again for nothing else.
  const { plan } = batch;
  const source = useMemo<ResultSource>(
    () => ({
      total,
      hasSeveralHosts: hosts > 1,
      row: (index) => runner?.rows[index],
      label: (index) => plan.label(index),
      finds: plan.finds,
      baseline: baselineOf(plan, runner),
    }),
    [plan, runner, total, hosts],
  );
  const listed = useMemo(() => listResults(source, view), [source, view, version]);
  const isVaried = source.baseline !== null;
  // Nothing stands in the others before it is started.
  const columns = runner === null ? resultColumns.slice(0, 2) : resultColumns;
  const finds = runner === null ? [] : source.finds;
  return (
    <div class="results">
      <ResultTools
        text={view.text}
        onText={(text) => setView({ ...view, text })}
        show={view.show}
        shows={resultShows.map((show) => [show, words.shows[show]] as const)}
        onShow={(show) => setView({ ...view, show })}
        count={words.shown(formatCount(listed.length), formatCount(total), listed.length === total)}
        exported={(format) => exportResults(source, listed, format)}
      />
      <ResultGrid
        label={words.table}
        lines={listed}
        per={1}
        style={{
          '--finds': finds.map(() => '72px').join(' '),
          '--more': `${finds.length * 78}px`,
          ...(runner === null && { '--result-columns': '36px minmax(0, 1fr)', '--result-least': '0px' }),
        }}
        heads={
          <>
            {columns.map((column) => (
              <ColumnHead
                key={column}
                column={column}
                label={columnName(column, isVaried)}
                view={view}
                onView={setView}
              />
            ))}
            {finds.map(({ text }, at) => (
              <ColumnHead key={at} column={at} label={text} view={view} onView={setView} />
            ))}
          </>
        }
        empty={words.emptyFilter}
        state={(index) => source.row(index)?.state ?? 'waiting'}
        cells={(index) => (
          <>
            <RequestCell label={source.label(index)} withHost={source.hasSeveralHosts} />
            {runner !== null && <ResultCells source={source} row={source.row(index)} index={index} />}
          </>
        )}
        onShow={onShow}
        onOpen={onOpen}
      />
    </div>
  );
}

function baselineOf(plan: Plan, runner: Runner | null): ResultSource['baseline'] {
  if (plan.baselineOf(0) === null) return null;
  return (index) => runner?.rows[plan.baselineOf(index) ?? -1];
}

/** Of one request that is varied it is the values that tell the results apart. */
function columnName(column: (typeof resultColumns)[number], isVaried: boolean): string {
  if (isVaried && column === 'request') return words.vary.values;
  return isVaried && column === 'differences' ? words.columns.baseline : words.columns[column];
}

interface ColumnHeadProps {
  column: ResultColumn;
  label: string;
  view: ResultView;
  onView: (view: ResultView) => void;
}

function ColumnHead({ column, label, view, onView }: ColumnHeadProps) {
  const isSorted = view.by === column;
  const sort = isSorted ? (view.descending ? 'descending' : 'ascending') : 'none';
  return (
    <span
      class={`result-cell result-${typeof column === 'number' ? 'found' : column}`}
      role="columnheader"
      aria-sort={sort}
    >
      <button
        type="button"
        class="result-sort"
        title={words.columnHint(label)}
        onClick={() => onView({ ...view, by: column, descending: isSorted && !view.descending })}
      >
        <span class="result-sort-label">{label}</span>
        {isSorted && <Icon of={view.descending ? ArrowDown : ArrowUp} size={10} />}
      </button>
    </span>
  );
}

interface ResultCellsProps {
  source: ResultSource;
  row: BatchResult | undefined;
  index: number;
}

function ResultCells({ source, row, index }: ResultCellsProps) {
  const standsOut = outstanding(row, source.baseline?.(index));
  const said = outcomeWords(row);
  return (
    <>
      <span
        class="result-cell result-status"
        role="gridcell"
        {...(said === '' ? {} : { 'data-wide': true, 'aria-colspan': 3 })}
        data-different={standsOut.status}
        title={outcomeHint(row)}
      >
        <Outcome row={row} />
      </span>
      {/* An outcome in words takes the place of the figures that there are not. */}
      {said === '' && (
        <>
          <span class="result-cell result-size" role="gridcell" data-different={standsOut.size}>
            {row?.size == null ? '' : formatBytes(row.size)}
          </span>
          <span class="result-cell result-duration" role="gridcell" data-different={standsOut.duration}>
            {row === undefined ? '' : formatDuration(row.duration)}
          </span>
        </>
      )}
      <Difference row={row} />
      {source.finds.map((_, at) => (
        <span key={at} class="result-cell result-found" role="gridcell" title={String(row?.found[at] ?? '')}>
          {row?.found[at] ?? ''}
        </span>
      ))}
    </>
  );
}

function Difference({ row }: { row: BatchResult | undefined }) {
  const count = row?.differences ?? null;
  return (
    <span
      class="result-cell result-differences"
      role="gridcell"
      data-different={count !== null && count > 0}
      title={count === null ? words.notCompared : count === 0 ? words.same : words.differs(count)}
    >
      {row?.state !== 'done' ? '' : count === null ? '–' : count === 0 ? words.same : words.differsShort(count)}
    </span>
  );
}
