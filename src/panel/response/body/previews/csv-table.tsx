import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatCount } from '../../../../inspect/format.ts';
import { csvCells, csvSeparator } from '../../../../inspect/preview/csv-cells.ts';
import { previewStrings } from '../../../preview-strings.ts';
import { strings } from '../../../strings.ts';
import { FilterField } from '../../../widgets/filter-field.tsx';
import { openStream, type OpenStream } from '../../stream/open-stream.ts';
import { useStreamRows } from '../../stream/use-stream-rows.ts';
import { useRowWindow } from '../use-row-window.ts';

interface CsvTableProps {
  blob: Blob;
  charset: string;
  essence: string;
}

const words = previewStrings.previews;
/** Pixels; the stylesheet has the same. */
const ROW = 22;
/** Rows that the widths of columns are told from; characters that one has. */
const MEASURED = 100;
const WIDTH = { least: 4, most: 40 };
const MAX_COLUMNS = 200;

/** Comma-separated values as a table, of which only the rows in sight exist. The first record names the columns. */
export function CsvTable({ blob, charset, essence }: CsvTableProps) {
  const [stream, setStream] = useState<OpenStream | null>(null);
  useEffect(() => {
    const opened = openStream({ kind: 'csv', charset, read: null, blob, arrivals: [] });
    setStream(opened);
    return () => opened.close();
  }, [blob, charset]);
  const state = stream?.state.value ?? null;
  const [first, setFirst] = useState<readonly string[] | null>(null);
  const done = state?.done ?? false;
  useEffect(() => {
    if (stream === null || state === null || (state.records < MEASURED && !done)) return;
    if (first === null)
      stream.rows(0, MEASURED).then(
        (rows) => setFirst(rows.map(({ text }) => text)),
        () => {},
      );
  }, [stream, state, done, first]);
  const failure = stream?.failure.value ?? null;
  if (failure !== null) return <p class="pane-hint body-empty">{strings.responseBody.unreadable(failure)}</p>;
  if (stream === null || state === null || first === null) return <p class="pane-hint body-empty">{words.opening}</p>;
  return <CsvRows stream={stream} rows={state.rows} records={state.records} first={first} essence={essence} />;
}

interface CsvRowsProps {
  stream: OpenStream;
  rows: number;
  records: number;
  first: readonly string[];
  essence: string;
}

function CsvRows({ stream, rows, records, first, essence }: CsvRowsProps) {
  const [query, setQuery] = useState('');
  // The first record is the heading; a filter that lets it through shows it as a row as well.
  const hidden = query === '' ? 1 : 0;
  const { viewport, canvas, from, to, top } = useRowWindow(Math.max(0, rows - hidden), ROW);
  const fetched = useStreamRows(stream, from + hidden, to + hidden, query);
  const separator = csvSeparator(first[0] ?? '', essence);
  const { names, template } = useMemo(() => measure(first, separator), [first, separator]);
  return (
    <div class="preview csv">
      <div class="preview-bar">
        <FilterField
          class="filter"
          label={words.filterRows}
          placeholder={words.filter}
          value={query}
          onInput={(text) => {
            setQuery(text);
            stream.filter(text);
          }}
        />
        <span class="count">
          {words.rows(formatCount(Math.max(0, rows - hidden)), formatCount(Math.max(0, records - 1)), query !== '')}
        </span>
      </div>
      <div
        class="csv-area"
        role="table"
        aria-label={words.csv}
        aria-rowcount={rows}
        tabIndex={0}
        ref={viewport}
        style={{ '--columns': template }}
      >
        <div class="csv-head" role="row" aria-rowindex={1}>
          {names.map((name, at) => (
            <span key={at} role="columnheader" title={name}>
              {name}
            </span>
          ))}
        </div>
        <div class="csv-canvas" role="rowgroup" style={{ height: `${canvas}px` }}>
          {fetched.rows.map((row, at) => {
            const index = fetched.from - hidden + at;
            const cells = csvCells(row.text, separator).slice(0, MAX_COLUMNS);
            return (
              <div
                key={index % 512}
                class="csv-row"
                role="row"
                aria-rowindex={index + 2}
                style={{ top: `${top(index)}px` }}
              >
                {cells.map((cell, column) => (
                  <span key={column} role="cell" title={cell}>
                    {cell.replaceAll(/\r\n|[\n\r]/g, ' \u21b5 ')}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The names of the columns, and how wide they are to be. */
function measure(first: readonly string[], separator: string): { names: string[]; template: string } {
  const rows = first.map((row) => csvCells(row, separator).slice(0, MAX_COLUMNS));
  const names = rows[0] ?? [];
  const count = Math.max(...rows.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, column) => {
    const longest = Math.max(...rows.map((cells) => cells[column]?.length ?? 0));
    return Math.min(WIDTH.most, Math.max(WIDTH.least, longest + 1));
  });
  return { names, template: widths.map((width) => `calc(${width}ch + 16px)`).join(' ') };
}
