import { Eye, EyeOff } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { strings } from '../strings.ts';
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
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <div class="field-control secret-field">
        <input
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
