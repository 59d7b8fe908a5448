import { useState } from 'preact/hooks';
import { strings } from '../strings.ts';
import { TextField } from '../widgets/fields.tsx';

const words = strings.sessions;

/** What a text means: a value, or what is wrong with it. */
type Read<T> = { readonly value: T } | { readonly problem: string };

interface TypedFieldProps<T> {
  label: string;
  value: T;
  write: (value: T) => string;
  read: (typed: string) => Read<T>;
  placeholder?: string;
  onChange: (value: T) => void;
}

/** A text box for a value that is not a text: half-typed it stays as it was, and says why. */
function TypedField<T>({ label, value, write, read, placeholder, onChange }: TypedFieldProps<T>) {
  const [typed, setTyped] = useState(() => write(value));
  const meant = read(typed);
  // A value that changed elsewhere is written anew; what is typed stays as typed while it means the same.
  const text = 'problem' in meant || write(meant.value) === write(value) ? typed : write(value);
  const now = read(text);
  return (
    <TextField
      label={label}
      value={text}
      numeric
      {...(placeholder === undefined ? {} : { placeholder })}
      problem={'problem' in now ? now.problem : null}
      onInput={(next) => {
        setTyped(next);
        const result = read(next);
        if ('value' in result) onChange(result.value);
      }}
    />
  );
}

const COUNT = /^\d{1,9}$/;
const DECIMAL = /^(?:\d+\.?\d*|\.\d+)$/;

interface FieldProps<T> {
  label: string;
  value: T;
  onChange: (value: T) => void;
}

/** A whole number, 0 or more. */
export function CountField(props: FieldProps<number>) {
  return (
    <TypedField
      {...props}
      write={String}
      read={(typed) => (COUNT.test(typed.trim()) ? { value: Number(typed) } : { problem: strings.options.notCount })}
    />
  );
}

/** A whole number; empty for no limit (Python's None). */
export function LimitField(props: FieldProps<number | null>) {
  return (
    <TypedField
      {...props}
      placeholder={strings.options.noLimit}
      write={(value) => (value === null ? '' : String(value))}
      read={(typed) => {
        const text = typed.trim();
        if (text === '') return { value: null };
        return COUNT.test(text) ? { value: Number(text) } : { problem: words.notLimit };
      }}
    />
  );
}

/** A whole number; empty for no limit, `off` for what urllib3 calls False: the failure itself is raised. */
export function SwitchableField(props: FieldProps<number | false | null>) {
  return (
    <TypedField
      {...props}
      placeholder={strings.options.noLimit}
      write={(value) => (value === null ? '' : value === false ? words.off : String(value))}
      read={(typed): Read<number | false | null> => {
        const text = typed.trim().toLowerCase();
        if (text === '') return { value: null };
        if (text === words.off) return { value: false };
        return COUNT.test(text) ? { value: Number(text) } : { problem: words.notSwitchable };
      }}
    />
  );
}

/** Seconds on the screen, milliseconds in the value. */
export function SecondsField(props: FieldProps<number>) {
  return (
    <TypedField
      {...props}
      write={(value) => String(value / 1000)}
      read={(typed) =>
        DECIMAL.test(typed.trim()) ? { value: Number(typed) * 1000 } : { problem: strings.options.notNumber }
      }
    />
  );
}

/** A time limit: seconds on the screen, more than 0; empty for none. */
export function TimeLimitField(props: FieldProps<number | null>) {
  return (
    <TypedField
      {...props}
      placeholder={strings.options.noLimit}
      write={(value) => (value === null ? '' : String(value / 1000))}
      read={(typed) => {
        const text = typed.trim();
        if (text === '') return { value: null };
        if (!DECIMAL.test(text)) return { problem: strings.options.notNumber };
        return Number(text) > 0 ? { value: Number(text) * 1000 } : { problem: strings.options.notPositive };
      }}
    />
  );
}

interface WordsFieldProps extends FieldProps<readonly string[]> {
  placeholder: string;
  /** What is wrong with one of the words; null: nothing. */
  problem?: (word: string) => string | null;
}

/** Words between commas or spaces. */
export function WordsField({ problem, ...props }: WordsFieldProps) {
  return (
    <TypedField
      {...props}
      write={(value) => value.join(', ')}
      read={(typed) => {
        const value = typed.split(/[\s,]+/).filter(Boolean);
        const wrong = value.map((word) => problem?.(word) ?? null).find((said) => said !== null);
        return wrong === undefined || wrong === null ? { value } : { problem: wrong };
      }}
    />
  );
}
