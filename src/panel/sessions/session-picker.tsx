import { Settings2 } from 'lucide';
import { lazyModule } from '../response/lazy-module.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { IconButton } from '../widgets/icon-button.tsx';

const words = strings.context;
const dialog = lazyModule(() => import('./sessions-dialog.tsx'));

/** In which session the request is sent, and the way to all of them. */
export function SessionPicker({ workbench }: { workbench: Workbench }) {
  const { drafts, sessions, session } = workbench;
  const id = drafts.draft.value.session;
  const choices = sessions.sessions.value.map((one) => [one.id, one.name === '' ? words.unnamed : one.name] as const);
  return (
    <>
      <span class="context-label" aria-hidden="true">
        {words.session}
      </span>
      <Select
        class="quiet"
        label={words.session}
        hint={session.value === null ? words.sessionGone : words.sessionHint}
        value={id}
        options={session.value === null ? [...choices, [id, words.deletedSession] as const] : choices}
        onChange={(chosen) => drafts.setSession(chosen)}
      />
      <IconButton
        icon={Settings2}
        class="context-button"
        label={words.manageSessions}
        hint={words.manageSessionsHint}
        onClick={() => (sessions.managing.value = true)}
      />
    </>
  );
}

/** The dialog with all sessions, while it is open. It stands apart from its opener, which goes when the panel is folded. */
export function SessionManager(props: ManagerProps) {
  return props.workbench.sessions.managing.value ? <Manager {...props} /> : null;
}

interface ManagerProps {
  workbench: Workbench;
  /** Names that are secret besides the known ones. */
  marked: readonly string[];
}

function Manager(props: ManagerProps) {
  const loaded = dialog.use();
  if (loaded === null) return null;
  return <loaded.SessionsDialog {...props} onClose={() => (props.workbench.sessions.managing.value = false)} />;
}
