import { Plus, Trash2 } from 'lucide';
import type { Find } from '../../../model/batch.ts';
import { strings } from '../../strings.ts';
import { Select } from '../../widgets/fields.tsx';
import { FilterField } from '../../widgets/filter-field.tsx';
import { IconButton } from '../../widgets/icon-button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { findProblem } from './finds.ts';

const words = strings.batches.vary;

interface FindsProps {
  finds: readonly Find[];
  onChange: (finds: readonly Find[]) => void;
}

/** What is looked for in each response; each makes a column of the table. */
export function Finds({ finds, onChange }: FindsProps) {
  const change = (at: number, fields: Partial<Find>): void =>
    onChange(finds.map((find, index) => (index === at ? { ...find, ...fields } : find)));
  return (
    <fieldset class="batch-scope">
      <legend>{words.finds}</legend>
      {finds.map((find, at) => {
        const problem = find.isRegex ? findProblem(find) : null;
        return (
          <div key={at} class="vary-find" role="group" aria-label={`${words.finds} ${at + 1}`}>
            <Select
              label={words.findKind}
              value={find.kind}
              options={(['count', 'extract'] as const).map((kind) => [kind, words.findKinds[kind]] as const)}
              onChange={(kind) => change(at, { kind })}
            />
            <FilterField
              label={words.find}
              placeholder={words.find}
              value={find.text}
              problemId={problem === null ? null : `find-problem-${at}`}
              onInput={(text) => change(at, { text })}
            />
            <label class="vary-regex">
              <input
                type="checkbox"
                checked={find.isRegex}
                onChange={(event) => change(at, { isRegex: event.currentTarget.checked })}
              />{' '}
              {words.findRegex}
            </label>
            <IconButton
              icon={Trash2}
              label={words.removeFind}
              onClick={() => onChange(finds.filter((_, index) => index !== at))}
            />
            {problem !== null && (
              <p class="field-problem" id={`find-problem-${at}`}>
                {problem}
              </p>
            )}
          </div>
        );
      })}
      <p class="vary-add">
        <button
          type="button"
          class="text-button"
          onClick={() => onChange([...finds, { kind: 'count', text: '', isRegex: false }])}
        >
          <Icon of={Plus} size={10} /> {words.addFind}
        </button>{' '}
        <span class="field-note">{words.findsHint}</span>
      </p>
    </fieldset>
  );
}
