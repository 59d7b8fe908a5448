interface FilterFieldProps {
  label: string;
  placeholder: string;
  /** What it understands. */
  hint?: string;
  value: string;
  class?: string;
  /** The element that tells what is wrong with it. */
  problemId?: string | null;
  onInput: (text: string) => void;
}

/** What narrows a list down as one types: nothing in it is completed, corrected or spelt. */
export function FilterField({ label, placeholder, hint, value, problemId, onInput, ...rest }: FilterFieldProps) {
  return (
    <input
      class={`text-input ${rest.class ?? ''}`}
      type="text"
      aria-label={label}
      placeholder={placeholder}
      title={hint}
      spellcheck={false}
      autocomplete="off"
      autocapitalize="off"
      value={value}
      aria-invalid={problemId == null ? undefined : true}
      aria-describedby={problemId ?? undefined}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}
