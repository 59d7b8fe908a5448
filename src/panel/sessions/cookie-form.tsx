import { useState } from 'preact/hooks';
import type { StoredCookie } from '../../model/session.ts';
import { strings } from '../strings.ts';
import { CheckField, SelectField, TextField } from '../widgets/fields.tsx';

const words = strings.sessions.jar;
const sites = ['unset', 'Lax', 'Strict', 'None'] as const;

interface CookieFormProps {
  /** null: a new one. */
  cookie: StoredCookie | null;
  onSave: (cookie: StoredCookie) => void;
  onCancel: () => void;
}

/** One cookie, to be added or changed. */
export function CookieForm({ cookie, onSave, onCancel }: CookieFormProps) {
  const [draft, setDraft] = useState<StoredCookie>(() => cookie ?? blankCookie());
  const [expires, setExpires] = useState(() => dateText(draft.expires));
  const set = (change: Partial<StoredCookie>): void => setDraft({ ...draft, ...change });
  const at = expires.trim() === '' ? null : Date.parse(expires);
  const problems = {
    // RFC 6265bis 5.6: what could not have come in a Set-Cookie line cannot go out in a Cookie field.
    name: /[=;\s\p{Cc}]/u.test(draft.name) ? words.badName : null,
    value: /[;\p{Cc}]/u.test(draft.value) ? words.badValue : null,
    path: draft.path.startsWith('/') ? null : words.badPath,
    expires: at !== null && Number.isNaN(at) ? words.badDate : null,
  };
  const isBad = Object.values(problems).some((problem) => problem !== null) || draft.name === '';
  return (
    <form
      class="form-grid cookie-form"
      aria-label={cookie === null ? words.add : words.edit(cookie.name)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBad) onSave({ ...draft, domain: draft.domain.replace(/^\./, '').toLowerCase(), expires: at });
      }}
    >
      <TextField
        label={words.columns.name}
        value={draft.name}
        problem={problems.name}
        onInput={(name) => set({ name })}
      />
      <TextField
        label={words.columns.value}
        value={draft.value}
        problem={problems.value}
        onInput={(value) => set({ value })}
      />
      <TextField
        label={words.columns.domain}
        value={draft.domain}
        placeholder={words.everywhere}
        onInput={(domain) => set({ domain })}
      />
      <CheckField
        label={words.subdomains}
        checked={!draft.hostOnly}
        onChange={(subdomains) => set({ hostOnly: !subdomains })}
      />
      <TextField
        label={words.columns.path}
        value={draft.path}
        problem={problems.path}
        onInput={(path) => set({ path })}
      />
      <TextField
        label={words.columns.expires}
        value={expires}
        placeholder={words.session}
        problem={problems.expires}
        onInput={setExpires}
      />
      <SelectField
        label="SameSite"
        value={draft.sameSite ?? 'unset'}
        options={sites.map((site) => [site, site === 'unset' ? words.unset : site] as const)}
        onChange={(site) => {
          const { sameSite: _before, ...rest } = draft;
          setDraft(site === 'unset' ? rest : { ...rest, sameSite: site });
        }}
      />
      <CheckField label="Secure" checked={draft.secure} onChange={(secure) => set({ secure })} />
      <CheckField label="HttpOnly" checked={draft.httpOnly} onChange={(httpOnly) => set({ httpOnly })} />
      <div class="cookie-buttons">
        <button type="submit" class="button button-strong" disabled={isBad}>
          {words.save}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

const blankCookie = (): StoredCookie => ({
  name: '',
  value: '',
  domain: '',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: false,
  expires: null,
  creation: Date.now(),
});

const dateText = (time: number | null): string => (time === null ? '' : new Date(time).toISOString());
