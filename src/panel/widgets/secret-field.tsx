import { Eye, EyeOff } from 'lucide';
import { useId, useRef, useState } from 'preact/hooks';
import { strings } from '../strings.ts';
import { TokenMarks, useTokenField } from '../tokens/token-marks.tsx';
import { IconButton } from './icon-button.tsx';

interface SecretFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
}

/**
 * A text box whose text shows as dots until one asks to see it. It is no password input: those call up the browser's
 * password manager, which has nothing to do with credentials for somebody else's API.
 */
export function SecretField({ label, value, onInput }: SecretFieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="field-control secret-field">
        <input
          ref={field}
          {...useTokenField()}
          id={id}
          type="text"
          class="text-input"
          data-masked={!shown}
          value={value}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        {shown && <TokenMarks field={field} value={value} />}
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={strings.auth.show(label)}
          hint={shown ? strings.auth.hide(label) : strings.auth.show(label)}
          pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
    </div>
  );
}
