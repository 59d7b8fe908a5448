import type { DraftAuth } from '../../model/draft.ts';
import { strings } from '../strings.ts';
import { SelectField, TextField } from '../widgets/fields.tsx';
import { SecretField } from '../widgets/secret-field.tsx';

const words = strings.auth;

interface AuthFieldsProps<Auth extends DraftAuth> {
  auth: Auth;
  types: readonly Auth['type'][];
  note: string;
  onChange: (change: Partial<Auth>) => void;
}

/** The scheme, and its credentials. Each scheme keeps what was typed for it. */
export function AuthFields<Auth extends DraftAuth>({ auth, types, note, onChange }: AuthFieldsProps<Auth>) {
  // The compiler does not see that every one of these fields is in Auth as well.
  const set = (change: Partial<Omit<DraftAuth, 'type'>>): void => onChange(change as Partial<Auth>);
  return (
    <>
      <SelectField
        label={words.type}
        value={auth.type}
        options={types.map((type) => [type, words.types[type]] as const)}
        note={note}
        onChange={(type: Auth['type']) => onChange({ type } as Partial<Auth>)}
      />
      {(auth.type === 'basic' || auth.type === 'digest') && (
        <>
          <TextField label={words.username} value={auth.username} onInput={(username) => set({ username })} />
          <SecretField label={words.password} value={auth.password} onInput={(password) => set({ password })} />
        </>
      )}
      {auth.type === 'bearer' && (
        <SecretField label={words.token} value={auth.token} onInput={(token) => set({ token })} />
      )}
      {auth.type === 'custom' && (
        <>
          <TextField
            label={words.headerName}
            value={auth.headerName}
            placeholder="X-Api-Key"
            onInput={(headerName) => set({ headerName })}
          />
          <SecretField
            label={words.headerValue}
            value={auth.headerValue}
            onInput={(headerValue) => set({ headerValue })}
          />
        </>
      )}
    </>
  );
}
