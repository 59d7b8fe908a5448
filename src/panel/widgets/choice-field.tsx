import { useId } from 'preact/hooks';

interface ChoiceFieldProps<Value extends string> {
  legend: string;
  /** Each with what it comes to. */
  choices: readonly { readonly value: Value; readonly label: string; readonly note: string }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

/** One of a few, each explained. */
export function ChoiceField<Value extends string>({ legend, choices, chosen, onChoose }: ChoiceFieldProps<Value>) {
  const id = useId();
  return (
    <fieldset class="choice-field">
      <legend>{legend}</legend>
      {choices.map(({ value, label, note }) => (
        <div class="check-field" key={value}>
          <input
            type="radio"
            id={`${id}-${value}`}
            name={id}
            checked={value === chosen}
            aria-describedby={`${id}-${value}-note`}
            onChange={() => onChoose(value)}
          />
          <div>
            <label for={`${id}-${value}`}>{label}</label>
            <p class="field-note" id={`${id}-${value}-note`}>
              {note}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
