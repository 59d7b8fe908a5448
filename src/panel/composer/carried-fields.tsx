import { useId } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { strings } from '../strings.ts';

/** `set-above`: a row of the table counts; `replaced`: the session's field does; `withheld`: the session leaves it out. */
export type CarriedState = 'sent' | 'off' | 'set-above' | 'replaced' | 'withheld';

interface CarriedFieldsProps {
  title: string;
  hint: string;
  fields: readonly (readonly [name: string, value: string])[];
  stateOf: (name: string) => CarriedState;
  /** What there is to say about a field. */
  remark?: (name: string) => ComponentChildren;
  onSwitch: (name: string, on: boolean) => void;
}

/** Names and values that a request carries without a row of its own, each to be left out by its check box. */
export function CarriedFields({ title, hint, fields, stateOf, remark, onSwitch }: CarriedFieldsProps) {
  const id = useId();
  if (fields.length === 0) return null;
  return (
    <div class="default-fields" role="group" aria-label={title}>
      <p class="default-fields-title" title={hint}>
        {title}
      </p>
      {fields.map(([name, value], index) => {
        const state = stateOf(name);
        const fixed = state !== 'sent' && state !== 'off';
        return (
          <div key={`${name} ${index}`} class="default-field" data-state={state}>
            <input
              id={`${id}-${index}`}
              type="checkbox"
              checked={state === 'sent'}
              disabled={fixed}
              onChange={(event) => onSwitch(name, event.currentTarget.checked)}
            />
            <label class="default-field-name" for={`${id}-${index}`} title={hint}>
              {name}
            </label>
            <span class="default-field-value" title={value}>
              {valueWords(state, value)}
            </span>
            {!fixed && remark?.(name)}
          </div>
        );
      })}
    </div>
  );
}

function valueWords(state: CarriedState, value: string): string {
  switch (state) {
    case 'sent':
      return value;
    case 'off':
      return strings.headers.off;
    case 'set-above':
      return strings.headers.setAbove;
    case 'replaced':
      return strings.headers.setBySession;
    case 'withheld':
      return strings.headers.offBySession;
  }
}
