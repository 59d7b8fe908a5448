import { ArrowDown, ArrowUp } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount, formatDuration } from '../../inspect/format.ts';
import type { BatchResult } from '../../model/batch.ts';
import { saveBody } from '../response/body/save-body.ts';
import { useRowWindow } from '../response/body/use-row-window.ts';
import type { Runner } from './runner.ts';
import { statusClass } from '../response/reason-phrase.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { Icon } from '../widgets/icon.tsx';
import { methodKind } from '../widgets/method-kind.ts';
import type { OpenBatch } from './batches.ts';
import type { Plan, RowLabel } from './plan.ts';
import { exportFormats, exportResults, type ExportFormat } from './export-results.ts';
import {
  listResults,
  outstanding,
  resultColumns,
  resultShows,
  type ResultColumn,
  type ResultSource,
  type ResultView,
} from './result-list.ts';

const words = strings.batches;
/** Pixels; the stylesheet has the same. */
const ROW = 24;

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
  return (
    <div class="results">
      <div class="results-tools">
        <input
          class="text-input"
          type="text"
          aria-label={words.filter}
          placeholder={words.filterPlaceholder}
          spellcheck={false}
          autocomplete="off"
          value={view.text}
          onInput={(event) => setView({ ...view, text: event.currentTarget.value })}
        />
        <Select
          class="quiet"
          label={words.show}
          value={view.show}
          options={resultShows.map((show) => [show, words.shows[show]] as const)}
          onChange={(show) => setView({ ...view, show })}
        />
        <span class="capture-count" aria-live="polite">
          {words.shown(formatCount(listed.length), formatCount(total), listed.length === total)}
        </span>
        <Export onExport={(format) => saveBody(exportResults(source, listed, format), `batch.${format}`)} />
      </div>
      <ResultTable source={source} listed={listed} view={view} onView={setView} onShow={onShow} onOpen={onOpen} />
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

function Export({ onExport }: { onExport: (format: ExportFormat) => void }) {
  return (
    <span class="results-export" role="group" aria-label={words.exportAs}>
      {exportFormats.map((format) => {
        const name = format.toUpperCase();
        return (
          <button
            key={format}
            type="button"
            class="text-button"
            title={words.exportHint(name)}
            onClick={() => onExport(format)}
          >
            {name}
          </button>
        );
      })}
    </span>
  );
}

interface ResultTableProps {
  source: ResultSource;
  listed: readonly number[];
  view: ResultView;
  onView: (view: ResultView) => void;
  onShow: (index: number) => void;
  onOpen: (index: number) => void;
}

/** A grid of any length, of which only the rows in sight exist. One tab stop; arrow keys, Page, Home and End move. */
function ResultTable({ source, listed, view, onView, onShow, onOpen }: ResultTableProps) {
  const [active, setActive] = useState<number | null>(null);
  const { viewport, canvas, from, to, page, top, reveal } = useRowWindow(listed.length, ROW);

  function choose(index: number | undefined): void {
    if (index === undefined) return;
    setActive(index);
    onShow(index);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== viewport.current) return;
    if (event.key === 'Enter' && active !== null) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const at = active === null ? -1 : listed.indexOf(active);
    const last = listed.length - 1;
    const target = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page - 1,
      PageUp: at - page + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const place = Math.min(last, Math.max(0, target));
    choose(listed[place]);
    reveal(place);
  }

  const batchIsVaried = source.baseline !== null;
  const at = active === null ? -1 : listed.indexOf(active);
  const visible = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  // What `aria-activedescendant` names has to exist.
  if (at >= 0 && (at < from || at >= to)) visible.push(at);
  return (
    <div
      ref={viewport}
      class="result-grid"
      role="grid"
      aria-label={words.table}
      aria-rowcount={listed.length + 1}
      aria-activedescendant={at < 0 ? undefined : `result-${active}`}
      style={{ '--finds': source.finds.map(() => '72px').join(' ') }}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) => choose(indexAt(event))}
      onDblClick={(event) => {
        const index = indexAt(event);
        if (index !== undefined) onOpen(index);
      }}
    >
      <div class="result-row result-head" role="row" aria-rowindex={1}>
        {resultColumns.map((column) => (
          <ColumnHead
            key={column}
            column={column}
            label={columnName(column, batchIsVaried)}
            view={view}
            onView={onView}
          />
        ))}
        {source.finds.map(({ text }, at) => (
          <ColumnHead key={at} column={at} label={text} view={view} onView={onView} />
        ))}
      </div>
      {listed.length === 0 && <p class="capture-empty">{words.emptyFilter}</p>}
      <div class="result-canvas" style={{ height: `${canvas}px` }} role="rowgroup">
        {visible.map((place) => {
          const index = listed[place];
          if (index === undefined) return null;
          return (
            <ResultRow
              key={place < from || place >= to ? 'active' : place % Math.max(1, to - from)}
              source={source}
              row={source.row(index)}
              index={index}
              place={place}
              top={top(place)}
              isActive={index === active}
            />
          );
        })}
      </div>
    </div>
  );
}

function indexAt(event: MouseEvent): number | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  return row === null ? undefined : Number(row.dataset['index']);
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

interface ResultRowProps {
  source: ResultSource;
  row: BatchResult | undefined;
  index: number;
  place: number;
  top: number;
  isActive: boolean;
}

function ResultRow({ source, row, index, place, top, isActive }: ResultRowProps) {
  const standsOut = outstanding(row, source.baseline?.(index));
  return (
    <div
      class="result-row"
      style={{ top: `${top}px` }}
      role="row"
      id={`result-${index}`}
      data-index={index}
      data-state={row?.state ?? 'waiting'}
      aria-selected={isActive}
      aria-rowindex={place + 2}
    >
      <span class="result-cell result-index" role="gridcell">
        {index + 1}
      </span>
      <RequestCell label={source.label(index)} withHost={source.hasSeveralHosts} />
      <Outcome row={row} standsOut={standsOut.status} />
      {/* An outcome in words takes the place of the figures that there are not. */}
      {saidOf(row) === '' && (
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
    </div>
  );
}

function RequestCell({ label: { method, url, values }, withHost }: { label: RowLabel; withHost: boolean }) {
  if (values !== undefined) {
    const put = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
    return (
      <span class="result-cell result-request" role="gridcell" title={put.map(({ value }) => value).join('\n')}>
        {put.length === 0 && <span class="result-baseline">{words.baseline}</span>}
        {put.map(({ at, value }) => (
          <span key={at} class="result-value">
            {values.length > 1 && <span class="result-place">{at + 1}: </span>}
            {value === '' ? <span class="result-place">{words.nothingPut}</span> : value}
          </span>
        ))}
      </span>
    );
  }
  const path = url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const host = /^[a-z]+:\/\/([^/?]*)/i.exec(url)?.[1] ?? '';
  return (
    <span class="result-cell result-request" role="gridcell" title={`${method} ${url}`}>
      <span class="entry-method" data-method={methodKind(method)}>
        {method}
      </span>{' '}
      {withHost && <span class="entry-host">{host}</span>}
      {path === '' ? '/' : path}
    </span>
  );
}

const saidOf = (row: BatchResult | undefined): string => (row === undefined ? '' : words.outcomes[row.state]);

function Outcome({ row, standsOut }: { row: BatchResult | undefined; standsOut: boolean }) {
  const name = row?.error?.name;
  const said = saidOf(row);
  return (
    <span
      class="result-cell result-status"
      role="gridcell"
      {...(said === '' ? {} : { 'data-wide': true, 'aria-colspan': 3 })}
      data-different={standsOut}
      title={row?.error?.message ?? ''}
    >
      {row?.status != null && (
        <span class="entry-status status-code" data-class={statusClass(row.status)}>
          {row.status}
        </span>
      )}
      {said !== '' && (
        <span class="result-outcome" data-state={row?.state}>
          {row?.state === 'failed' || row?.state === 'skipped' ? (name ?? said) : said}
        </span>
      )}
    </span>
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
