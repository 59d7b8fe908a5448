import { liveRows } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { CarriedFields } from './carried-fields.tsx';

/** The session's params that go with the request. A row of the same name takes their place, as `params=` does in Requests. */
export function SessionParams({ workbench }: { workbench: Workbench }) {
  const session = workbench.session.value;
  const { params, paramsOff } = workbench.drafts.draft.value;
  const setAbove = new Set(liveRows(params).map(({ name }) => name));
  return (
    <CarriedFields
      title={strings.context.fromSession(session?.name ?? '')}
      hint={strings.params.fromSessionHint}
      fields={liveRows(session?.params ?? []).map(({ name, value }) => [name, value] as const)}
      stateOf={(name) => (setAbove.has(name) ? 'set-above' : paramsOff.includes(name) ? 'off' : 'sent')}
      onSwitch={(name, on) => workbench.drafts.setSessionParam(name, on)}
    />
  );
}
