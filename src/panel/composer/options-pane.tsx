import { cookieModes, type DraftOptions } from '../../model/draft.ts';
import { countProblem, limitProblem, type NumberProblem } from '../state/request-from-draft.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { CheckField, SelectField, TextField } from '../widgets/fields.tsx';

const words = strings.options;
const wording = (problem: NumberProblem | null): string | null => (problem === null ? null : words[problem]);

type TextOption = 'connectTimeout' | 'readTimeout' | 'totalTimeout' | 'responseLimit' | 'maxRedirects' | 'retries';
const limits = ['connectTimeout', 'readTimeout', 'totalTimeout', 'responseLimit'] as const;
const counts = ['maxRedirects', 'retries'] as const;

/** How the request is sent: limits, redirects, TLS, cookies. */
export function OptionsPane({ workbench: { drafts } }: { workbench: Workbench }) {
  const { options } = drafts.draft.value;
  const set = (change: Partial<DraftOptions>): void => drafts.setOptions(change);

  const numberField = (option: TextOption, problem: NumberProblem | null, placeholder: string) => (
    <TextField
      key={option}
      label={words[option]}
      value={options[option]}
      placeholder={placeholder}
      problem={wording(problem)}
      numeric
      onInput={(typed) => set({ [option]: typed })}
    />
  );

  return (
    <div class="options">
      <section class="form-grid" aria-label={words.timeouts}>
        {limits.map((option) => numberField(option, limitProblem(options[option]), words.noLimit))}
        {counts.map((option) => numberField(option, countProblem(options[option]), option === 'retries' ? '0' : '30'))}
      </section>
      <section class="form-grid" aria-label={words.connection}>
        <SelectField
          label={words.cookies}
          value={options.cookies}
          options={cookieModes.map((mode) => [mode, words.cookieModes[mode]])}
          note={words.cookieHints[options.cookies]}
          onChange={(cookies) => set({ cookies })}
        />
        {options.cookies === 'browser' && (
          <CheckField
            label={words.storeBrowserCookies}
            checked={options.storeBrowserCookies}
            onChange={(storeBrowserCookies) => set({ storeBrowserCookies })}
          />
        )}
        <CheckField
          label={words.followRedirects}
          checked={options.followRedirects}
          onChange={(followRedirects) => set({ followRedirects })}
        />
        <CheckField
          label={words.keepAuthorization}
          checked={options.keepAuthorization}
          {...(options.keepAuthorization ? { note: words.keepAuthorizationHint, tone: 'warning' } : {})}
          onChange={(keepAuthorization) => set({ keepAuthorization })}
        />
        <CheckField
          label={words.verify}
          checked={options.verify}
          {...(options.verify ? {} : { note: words.verifyOffHint, tone: 'warning' })}
          onChange={(verify) => set({ verify })}
        />
      </section>
    </div>
  );
}
