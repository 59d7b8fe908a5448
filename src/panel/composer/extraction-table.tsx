import { extractionSources, extractionTargets, type Extraction } from '../../model/draft.ts';
import { strings } from '../strings.ts';
import { TokenContext } from '../tokens/token-context.ts';
import { Select } from '../widgets/fields.tsx';
import { LineField } from '../widgets/line-field.tsx';
import { RowTable, type ExtraColumn, type Remark } from '../widgets/row-table.tsx';
import { extractionProblem } from './extraction-problem.ts';

const words = strings.extract;
const sources = extractionSources.map((source) => [source, words.sources[source]] as const);
const targets = extractionTargets.map((target) => [target, words.targets[target]] as const);

const newExtraction = (): Extraction => ({
  id: crypto.randomUUID(),
  enabled: true,
  name: '',
  from: 'json',
  value: '',
  into: 'environment',
});

const columns: ExtraColumn<Extraction>[] = [
  {
    title: words.from,
    kind: 'extract-from',
    cell: (row, update) => (
      <Select label={words.from} value={row.from} options={sources} onChange={(from) => update({ from })} />
    ),
  },
  {
    title: words.what,
    kind: 'value',
    cell: (row, update) => (
      <LineField
        label={words.what}
        placeholder={words.examples[row.from]}
        value={row.value}
        onInput={(value) => update({ value })}
      />
    ),
  },
  {
    title: words.into,
    kind: 'extract-into',
    cell: (row, update) => (
      <Select label={words.into} value={row.into} options={targets} onChange={(into) => update({ into })} />
    ),
  },
];

interface ExtractionTableProps {
  rows: readonly Extraction[];
  onChange: (rows: readonly Extraction[]) => void;
}

/** What is taken out of the response, row by row. */
export function ExtractionTable({ rows, onChange }: ExtractionTableProps) {
  return (
    <TokenContext.Provider value={null}>
      <RowTable
        class="extraction-table"
        label={words.table}
        rows={rows}
        fresh={newExtraction}
        columns={columns}
        remark={remarkOn}
        onChange={onChange}
      />
    </TokenContext.Provider>
  );
}

function remarkOn(row: Extraction): Remark | null {
  if (!row.enabled || (row.name === '' && row.value === '')) return null;
  const problem = row.value === '' ? null : extractionProblem(row);
  const text = problem ?? (row.name.trim() === '' && row.value !== '' ? words.nameless : null);
  return text === null ? null : { invalid: true, content: <p class="field-problem">{text}</p> };
}
