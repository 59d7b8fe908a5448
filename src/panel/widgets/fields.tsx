import { ChevronDown } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { TokenMarks, useTokenField } from '../tokens/token-marks.tsx';
import { Icon } from './icon.tsx';

interface TextFieldProps {
  label: string;
  value: string;
  placeholder?: string;
  /** What is wrong with the value; the field is then marked. */
  problem?: string | null;
  numeric?: boolean;
  onInput: (value: string) => void;
}

/** Label on the left, text box on the right, the problem under it. */
export function TextField({ label, value, placeholder, problem, numeric, onInput }: TextFieldProps) {
  const id = useId();
  const wrong = problem !== undefined && problem !== null;
  const field = useRef<HTMLInputElement>(null);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="field-control">
        <input
          ref={field}
          {...useTokenField()}
          id={id}
          type="text"
          class="text-input"
          data-numeric={numeric}
          inputMode={numeric === true ? 'decimal' : 'text'}
          value={value}
          placeholder={placeholder}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong ? `${id}-problem` : undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <TokenMarks field={field} value={value} />
        {wrong && (
          <p class="field-problem" id={`${id}-problem`}>
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}

interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [value: Value, label: string])[];
  hint?: string;
  class?: string;
  id?: string;
  /** The label stands elsewhere on the screen and is tied by `id`. */
  labelled?: boolean;
  onChange: (value: Value) => void;
}

/** A native choice: the browser's own list is the one that works in every DevTools frame. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, hint, id, labelled, onChange } = props;
  return (
    <span class={`select ${props.class ?? ''}`}>
      <select
        {...(id === undefined ? {} : { id })}
        aria-label={labelled === true ? undefined : label}
        title={hint}
        value={value}
        onChange={(event) => {
          const chosen = options[event.currentTarget.selectedIndex];
          if (chosen !== undefined) onChange(chosen[0]);
        }}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} size={12} class="select-arrow" />
    </span>
  );
}

/** A Select with its label on the left and a line about the choice under it. */
export function SelectField<Value extends string>(props: SelectProps<Value> & { note?: string }) {
  const id = useId();
  const { note, ...select } = props;
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <div class="field-control">
        <Select {...select} id={id} labelled />
        {note !== undefined && <p class="field-note">{note}</p>}
      </div>
    </div>
  );
}

interface CheckFieldProps {
  label: string;
  checked: boolean;
  note?: ComponentChildren;
  tone?: 'warning';
  onChange: (checked: boolean) => void;
}

/** A check box with its label on the right and a line about the choice under it. */
export function CheckField({ label, checked, note, tone, onChange }: CheckFieldProps) {
  const id = useId();
  return (
    <div class="check-field">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {note !== undefined && (
          <p class="field-note" id={`${id}-note`} data-tone={tone}>
            {note}
          </p>
        )}
      </div>
    </div>
  );
}
