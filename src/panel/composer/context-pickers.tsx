import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';

const words = strings.context;
const sessions = [['default', words.defaultSession]] as const;
const environments = [['none', words.noEnvironment]] as const;

/** In which session the request is sent, and with whose variables. */
export function ContextPickers() {
  return (
    <div class="context-pickers">
      <span class="context-label" aria-hidden="true">
        {words.session}
      </span>
      <Select
        class="quiet"
        label={words.session}
        hint={words.sessionHint}
        value="default"
        options={sessions}
        onChange={() => {}}
      />
      <span class="context-label" aria-hidden="true">
        {words.environment}
      </span>
      <Select
        class="quiet"
        label={words.environment}
        hint={words.environmentHint}
        value="none"
        options={environments}
        onChange={() => {}}
      />
    </div>
  );
}
