import { saveBody } from '../response/body/save-body.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { FilterField } from '../widgets/filter-field.tsx';
import { exportFormats, type ExportFormat } from './export-results.ts';

const words = strings.batches;

interface ResultToolsProps<Show extends string> {
  text: string;
  onText: (text: string) => void;
  show: Show;
  shows: readonly (readonly [Show, string])[];
  onShow: (show: Show) => void;
  /** How many are listed, in words. */
  count: string;
  /** The table as it is filtered and sorted. */
  exported: (format: ExportFormat) => Blob;
}

/** What stands over a table of results: it is narrowed down, counted and saved. */
export function ResultTools<Show extends string>(props: ResultToolsProps<Show>) {
  return (
    <div class="results-tools">
      <FilterField
        label={words.filter}
        placeholder={words.filterPlaceholder}
        hint={words.filterHint}
        value={props.text}
        onInput={props.onText}
      />
      <Select class="quiet" label={words.show} value={props.show} options={props.shows} onChange={props.onShow} />
      <span class="capture-count" aria-live="polite">
        {props.count}
      </span>
      <span class="results-export" role="group" aria-label={words.exportAs}>
        {exportFormats.map((format) => {
          const name = format.toUpperCase();
          return (
            <button
              key={format}
              type="button"
              class="text-button"
              title={words.exportHint(name)}
              onClick={() => saveBody(props.exported(format), `batch.${format}`)}
            >
              {name}
            </button>
          );
        })}
      </span>
    </div>
  );
}
