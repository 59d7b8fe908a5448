import { authTypes } from '../../model/draft.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { SelectField, TextField } from '../widgets/fields.tsx';
import { SecretField } from '../widgets/secret-field.tsx';

/** Credentials. Each scheme keeps what was typed for it. */
export function AuthPane({ workbench: { drafts } }: { workbench: Workbench }) {
  const { auth } = drafts.draft.value;
  const words = strings.auth;
  return (
    <div class="form-grid">
      <SelectField
        label={words.type}
        value={auth.type}
        options={authTypes.map((type) => [type, words.types[type]])}
        note={auth.type === 'none' ? words.none : words.notes[auth.type]}
        onChange={(type) => drafts.setAuth({ type })}
      />
      {(auth.type === 'basic' || auth.type === 'digest') && (
        <>
          <TextField
            label={words.username}
            value={auth.username}
            onInput={(username) => drafts.setAuth({ username })}
          />
          <SecretField
            label={words.password}
            value={auth.password}
            onInput={(password) => drafts.setAuth({ password })}
          />
        </>
      )}
      {auth.type === 'bearer' && (
        <SecretField label={words.token} value={auth.token} onInput={(token) => drafts.setAuth({ token })} />
      )}
      {auth.type === 'custom' && (
        <>
          <TextField
            label={words.headerName}
            value={auth.headerName}
            placeholder="X-Api-Key"
            onInput={(headerName) => drafts.setAuth({ headerName })}
          />
          <SecretField
            label={words.headerValue}
            value={auth.headerValue}
            onInput={(headerValue) => drafts.setAuth({ headerValue })}
          />
        </>
      )}
    </div>
  );
}
