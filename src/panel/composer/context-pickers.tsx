import { SessionPicker } from '../sessions/session-picker.tsx';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';

const words = strings.context;
const environments = [['none', words.noEnvironment]] as const;

/** In which session the request is sent, and with whose variables. */
export function ContextPickers({ workbench }: { workbench: Workbench }) {
  return (
    <div class="context-pickers">
      <SessionPicker workbench={workbench} />
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
