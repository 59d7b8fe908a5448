import { useRef } from 'preact/hooks';
import { TokenMarks, useTokenField } from '../tokens/token-marks.tsx';

interface LineFieldProps {
  label: string;
  value: string;
  placeholder?: string;
  invalid?: boolean;
  describedBy?: string | undefined;
  class?: string;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/**
 * A one-line text box that can nevertheless hold a line break: an <input> would drop it from what is pasted without a
 * word. Enter types none; a field that holds some grows, so that they are seen.
 */
export function LineField(props: LineFieldProps) {
  const { label, value, placeholder, invalid, describedBy, onInput, onKeyDown } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const lines = value.split('\n').length;
  return (
    <>
      <textarea
        ref={field}
        {...useTokenField()}
        class={`line-field ${props.class ?? ''}`}
        style={{ '--lines': String(lines) }}
        rows={1}
        aria-label={label}
        aria-invalid={invalid === true ? true : undefined}
        aria-describedby={describedBy}
        placeholder={placeholder}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        onBlur={(event) => {
          event.currentTarget.scrollLeft = 0;
        }}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key === 'Enter' && !event.isComposing) event.preventDefault();
        }}
      />
      {props.class !== 'masked' && <TokenMarks field={field} value={value} />}
    </>
  );
}
