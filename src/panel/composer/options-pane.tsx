import { cookieModes, type DraftOptions } from '../../model/draft.ts';
import type { SessionSettings } from '../../model/session.ts';
import { countProblem, limitProblem, type NumberProblem } from '../state/request-from-draft.ts';
import {
  changeOption,
  effectiveOptions,
  isOwn,
  standardOptions,
  type InheritedOption,
} from '../state/session-options.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { CheckField, SelectField, TextField } from '../widgets/fields.tsx';

const words = strings.options;
const wording = (problem: NumberProblem | null): string | null => (problem === null ? null : words[problem]);

const limits = ['connectTimeout', 'readTimeout', 'totalTimeout', 'responseLimit'] as const;
const counts = ['maxRedirects', 'retries'] as const;
type TextOption = (typeof limits)[number] | (typeof counts)[number];

/** How the request is sent: limits, redirects, TLS, cookies. What it does not say itself, its session says. */
export function OptionsPane({ workbench }: { workbench: Workbench }) {
  const { drafts } = workbench;
  const session = workbench.session.value;
  const { options } = drafts.draft.value;
  const shown = effectiveOptions(options, session);
  const set = (change: Partial<DraftOptions>): void => drafts.setOptions(change);

  const numberField = (option: TextOption, problem: NumberProblem | null) => (
    <TextField
      key={option}
      label={words[option]}
      value={options[option]}
      placeholder={inheritedText(option, session)}
      problem={wording(problem)}
      numeric
      onInput={(typed) => set({ [option]: typed })}
    />
  );
  const inherited = (option: InheritedOption): string | null =>
    session === null || isOwn(options, option) || session[option] === standardOptions[option]
      ? null
      : words.saidBySession(session.name);
  const check = (option: 'followRedirects' | 'verify' | 'raiseForStatus', warning: string | null = null) => {
    const note = warning ?? inherited(option);
    return (
      <CheckField
        label={words[option]}
        checked={shown[option]}
        {...(note === null ? {} : { note })}
        {...(warning === null ? {} : { tone: 'warning' as const })}
        onChange={(on) => set(changeOption(options, option, on, session))}
      />
    );
  };

  return (
    <div class="options">
      <section class="form-grid" aria-label={words.timeouts}>
        {limits.map((option) => numberField(option, limitProblem(options[option])))}
        {counts.map((option) => numberField(option, countProblem(options[option])))}
      </section>
      <section class="form-grid" aria-label={words.connection}>
        <SelectField
          label={words.cookies}
          value={shown.cookies}
          options={cookieModes.map((mode) => [mode, words.cookieModes[mode]])}
          note={[words.cookieHints[shown.cookies], inherited('cookies')].filter(Boolean).join(' ')}
          onChange={(cookies) => set(changeOption(options, 'cookies', cookies, session))}
        />
        {shown.cookies === 'browser' && (
          <CheckField
            label={words.storeBrowserCookies}
            checked={shown.storeBrowserCookies}
            onChange={(storeBrowserCookies) =>
              // Who says where received cookies go says where sent ones come from.
              set({ cookies: 'browser', own: [...new Set([...options.own, 'cookies' as const])], storeBrowserCookies })
            }
          />
        )}
        {check('followRedirects')}
        <CheckField
          label={words.keepAuthorization}
          checked={options.keepAuthorization}
          {...(options.keepAuthorization ? { note: words.keepAuthorizationHint, tone: 'warning' } : {})}
          onChange={(keepAuthorization) => set({ keepAuthorization })}
        />
        {check('verify', shown.verify ? null : words.verifyOffHint)}
        {check('raiseForStatus')}
      </section>
    </div>
  );
}

/** What counts where nothing is typed. */
function inheritedText(option: TextOption, session: SessionSettings | null): string {
  const adapters = session?.adapters ?? [];
  switch (option) {
    case 'connectTimeout':
      return adapters.some(({ timeout }) => timeout.connect !== null) ? words.byAdapter : words.noLimit;
    case 'readTimeout':
      return adapters.some(({ timeout }) => timeout.read !== null) ? words.byAdapter : words.noLimit;
    case 'totalTimeout':
    case 'responseLimit':
      return words.noLimit;
    case 'maxRedirects':
      return String(session?.maxRedirects ?? '');
    case 'retries':
      return adapters.some(({ retry }) => retry.total !== 0) ? words.byAdapter : '0';
  }
}
