import type { RetrySettings } from '../../model/session.ts';
import { strings } from '../strings.ts';
import { CheckField } from '../widgets/fields.tsx';
import { LimitField, SecondsField, SwitchableField, WordsField } from './number-fields.tsx';

const words = strings.sessions.retry;

interface RetryFieldsProps {
  retry: RetrySettings;
  onChange: (change: Partial<RetrySettings>) => void;
}

const switchable = ['total', 'connect', 'read', 'redirect'] as const;
const counted = ['status', 'other'] as const;
const seconds = ['backoffFactor', 'backoffMax', 'backoffJitter', 'retryAfterMax'] as const;
const checks = ['respectRetryAfterHeader', 'raiseOnStatus', 'raiseOnRedirect'] as const;

/** All the fields of urllib3's Retry. */
export function RetryFields({ retry, onChange }: RetryFieldsProps) {
  return (
    <fieldset class="retry-fields">
      <legend>{words.title}</legend>
      <p class="pane-hint">{words.hint}</p>
      {switchable.map((field) => (
        <SwitchableField
          key={field}
          label={words.fields[field]}
          value={retry[field]}
          onChange={(value) => onChange({ [field]: value })}
        />
      ))}
      {counted.map((field) => (
        <LimitField
          key={field}
          label={words.fields[field]}
          value={retry[field]}
          onChange={(value) => onChange({ [field]: value })}
        />
      ))}
      <WordsField
        label={words.fields.allowedMethods}
        value={retry.allowedMethods ?? []}
        placeholder={words.anyMethod}
        onChange={(methods) => onChange({ allowedMethods: methods.length === 0 ? null : [...methods] })}
      />
      <WordsField
        label={words.fields.statusForcelist}
        value={retry.statusForcelist.map(String)}
        placeholder={words.noStatus}
        problem={(word) => (/^[1-9]\d\d$/.test(word) ? null : words.notStatus(word))}
        onChange={(statuses) => onChange({ statusForcelist: statuses.map(Number) })}
      />
      {seconds.map((field) => (
        <SecondsField
          key={field}
          label={words.fields[field]}
          value={retry[field]}
          onChange={(value) => onChange({ [field]: value })}
        />
      ))}
      <WordsField
        label={words.fields.removeHeadersOnRedirect}
        value={retry.removeHeadersOnRedirect}
        placeholder={words.noHeaders}
        onChange={(names) => onChange({ removeHeadersOnRedirect: [...names] })}
      />
      {checks.map((field) => (
        <CheckField
          key={field}
          label={words.fields[field]}
          checked={retry[field]}
          onChange={(value) => onChange({ [field]: value })}
        />
      ))}
      <p class="pane-hint">{words.redirectHint}</p>
    </fieldset>
  );
}
