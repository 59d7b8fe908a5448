import { SessionPicker } from '../sessions/session-picker.tsx';
import { EnvironmentPicker } from '../environments/environment-picker.tsx';
import type { Workbench } from '../state/workbench.ts';

/** In which session the request is sent, and with whose variables. */
export function ContextPickers({ workbench }: { workbench: Workbench }) {
  return (
    <div class="context-pickers">
      <SessionPicker workbench={workbench} />
      <EnvironmentPicker variables={workbench.variables} />
    </div>
  );
}
