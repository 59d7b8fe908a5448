import { authTypes, type DraftAuth } from '../../model/draft.ts';
import type { SessionSettings } from '../../model/session.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { AuthFields } from './auth-fields.tsx';

const words = strings.auth;

/** Credentials: the session's, or the request's own. */
export function AuthPane({ workbench: { drafts, session } }: { workbench: Workbench }) {
  const { auth } = drafts.draft.value;
  return (
    <div class="form-grid">
      <AuthFields
        auth={auth}
        types={authTypes}
        note={noteOn(auth, session.value)}
        onChange={(change) => drafts.setAuth(change)}
      />
    </div>
  );
}

function noteOn({ type }: DraftAuth, session: SessionSettings | null): string {
  if (type === 'none') return words.none;
  if (type !== 'inherit') return words.notes[type];
  if (session === null || session.auth.type === 'none') return words.inheritsNothing(session?.name ?? '');
  return words.inherits(session.name, words.types[session.auth.type], whoOf(session.auth));
}

/** Whom the credentials are for, as far as that is no secret. */
function whoOf({ type, username, headerName }: SessionSettings['auth']): string {
  if (type === 'basic' || type === 'digest') return username;
  return type === 'custom' ? headerName : '';
}
