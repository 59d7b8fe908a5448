import { formatDuration } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { phaseNames, type Waterfall, type WaterfallRow } from './waterfall.ts';

const words = strings.timing;

/** With more hops than this each one is a row, not a column. */
const MAX_COLUMNS = 3;

/** A line of numbers: what it is, and its value for each hop. */
interface Measure {
  readonly name: string;
  readonly of: (row: WaterfallRow) => string;
}

const WAITED: Measure = {
  name: words.paused,
  of: ({ hop: { waited } }) => (waited > 0 ? formatDuration(waited) : '–'),
};
const OUTCOME: Measure = {
  name: words.outcome,
  of: ({ hop: { response, error } }) => error?.name ?? (response === null ? '–' : String(response.status)),
};

/** Attempts of a retried request are told apart by what came of them. */
function measuresFor(rows: readonly WaterfallRow[]): readonly Measure[] {
  return rows.some(({ hop }) => hop.cause === 'retry') ? [WAITED, ...MEASURES, OUTCOME] : MEASURES;
}

const MEASURES: readonly Measure[] = [
  { name: words.start, of: ({ start }) => formatDuration(Math.max(0, start)) },
  ...phaseNames.map((phase) => ({
    name: words.phases[phase],
    of: ({ hop: { phases } }: WaterfallRow) => (phases === null ? '–' : formatDuration(phases[phase])),
  })),
  { name: words.total, of: ({ start, end }) => formatDuration(end - start) },
];

/** The waterfall in numbers. */
export function PhaseTable({ picture: { rows } }: { picture: Waterfall }) {
  const isAcross = rows.length <= MAX_COLUMNS;
  return (
    <div class="table-scroll" role="group" aria-label={words.table} tabIndex={0}>
      <table class="data-table phase-table" aria-label={words.table} data-across={isAcross}>
        {isAcross ? <HopsAcross rows={rows} /> : <HopsDown rows={rows} />}
      </table>
    </div>
  );
}

function HopsAcross({ rows }: Pick<Waterfall, 'rows'>) {
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{words.phase}</th>
          {rows.map(({ hop }) => (
            <th key={hop.index} scope="col" class="number">
              {words.hop} {hop.index + 1}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {measuresFor(rows).map(({ name, of }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {rows.map((row) => (
              <td key={row.hop.index} class="number">
                {of(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

function HopsDown({ rows }: Pick<Waterfall, 'rows'>) {
  return (
    <>
      <thead>
        <tr>
          <th scope="col">{words.hop}</th>
          {MEASURES.map(({ name }) => (
            <th key={name} scope="col" class="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.hop.index}>
            <th scope="row">{row.hop.index + 1}</th>
            {measuresFor(rows).map(({ name, of }) => (
              <td key={name} class="number">
                {of(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}
