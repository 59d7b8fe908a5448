import { notesAbout, type PlanNote } from '../state/plan.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { PlanNotes } from './plan-notes.tsx';

interface DefaultFieldsProps {
  workbench: Workbench;
  notes: readonly PlanNote[];
  /** Names, in lower case, that the table sets itself. */
  setAbove: ReadonlySet<string>;
}

/** The fields that go with every request, each to be left out by its check box. */
export function DefaultFields({ workbench, notes, setAbove }: DefaultFieldsProps) {
  const { defaultsOff } = workbench.drafts.draft.value;
  const off = new Set(defaultsOff.map((name) => name.toLowerCase()));
  const fields = workbench.defaultHeaders.value;
  if (fields.length === 0) return null;

  return (
    <div class="default-fields" role="group" aria-label={strings.headers.defaults}>
      <p class="default-fields-title" title={strings.headers.defaultsHint}>
        {strings.headers.defaults}
      </p>
      {fields.map(([name, value]) => {
        const key = name.toLowerCase();
        const state = setAbove.has(key) ? 'set-above' : off.has(key) ? 'off' : 'sent';
        const id = `default-field-${key}`;
        return (
          <div key={name} class="default-field" data-state={state}>
            <input
              id={id}
              type="checkbox"
              checked={state === 'sent'}
              disabled={state === 'set-above'}
              onChange={(event) => workbench.drafts.setDefaultField(name, event.currentTarget.checked)}
            />
            <label class="default-field-name" for={id} title={strings.headers.defaultsHint}>
              {name}
            </label>
            <span class="default-field-value" title={value}>
              {state === 'sent' ? value : state === 'off' ? strings.headers.off : strings.headers.setAbove}
            </span>
            {state !== 'set-above' && <PlanNotes notes={notesAbout(notes, name)} />}
          </div>
        );
      })}
    </div>
  );
}
