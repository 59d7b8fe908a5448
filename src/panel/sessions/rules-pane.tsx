import { cookieModes } from '../../model/draft.ts';
import type { SessionSettings } from '../../model/session.ts';
import { strings } from '../strings.ts';
import { CheckField, SelectField, TextField } from '../widgets/fields.tsx';
import { CountField } from './number-fields.tsx';

const words = strings.sessions;

interface RulesPaneProps {
  session: SessionSettings;
  onChange: (change: Partial<SessionSettings>) => void;
}

/** Name, redirects, cookies, checks: what a request of the session does unless it says otherwise. */
export function RulesPane({ session, onChange }: RulesPaneProps) {
  return (
    <div class="form-grid">
      <TextField label={words.name} value={session.name} onInput={(name) => onChange({ name })} />
      <SelectField
        label={strings.options.cookies}
        value={session.cookies}
        options={cookieModes.map((mode) => [mode, strings.options.cookieModes[mode]] as const)}
        note={strings.options.cookieHints[session.cookies]}
        onChange={(cookies) => onChange({ cookies })}
      />
      {session.cookies === 'browser' && (
        <CheckField
          label={strings.options.storeBrowserCookies}
          checked={session.storeBrowserCookies}
          onChange={(storeBrowserCookies) => onChange({ storeBrowserCookies })}
        />
      )}
      <CheckField
        label={strings.options.followRedirects}
        checked={session.followRedirects}
        onChange={(followRedirects) => onChange({ followRedirects })}
      />
      <CountField
        label={strings.options.maxRedirects}
        value={session.maxRedirects}
        onChange={(maxRedirects) => onChange({ maxRedirects })}
      />
      <CheckField
        label={strings.options.verify}
        checked={session.verify}
        {...(session.verify ? {} : { note: strings.options.verifyOffHint, tone: 'warning' })}
        onChange={(verify) => onChange({ verify })}
      />
      <CheckField
        label={strings.options.raiseForStatus}
        checked={session.raiseForStatus}
        note={strings.options.raiseForStatusHint}
        onChange={(raiseForStatus) => onChange({ raiseForStatus })}
      />
    </div>
  );
}
