import type { SessionSettings } from '../../model/session.ts';
import { liveRows } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { CarriedFields } from '../composer/carried-fields.tsx';

interface DefaultsOffProps {
  workbench: Workbench;
  session: SessionSettings;
  onChange: (change: Partial<SessionSettings>) => void;
}

/** The fields that this browser gives every request; the session may leave some out for all of its own. */
export function DefaultsOff({ workbench, session, onChange }: DefaultsOffProps) {
  const { defaultsOff } = session;
  const setAbove = new Set(liveRows(session.headers).map(({ name }) => name.toLowerCase()));
  const off = new Set(defaultsOff.map((name) => name.toLowerCase()));
  return (
    <CarriedFields
      title={strings.headers.defaults}
      hint={strings.headers.defaultsHint}
      fields={workbench.defaultHeaders.value}
      stateOf={(name) => {
        const key = name.toLowerCase();
        return setAbove.has(key) ? 'set-above' : off.has(key) ? 'off' : 'sent';
      }}
      onSwitch={(name, on) => {
        const others = defaultsOff.filter((other) => other.toLowerCase() !== name.toLowerCase());
        onChange({ defaultsOff: on ? others : [...others, name] });
      }}
    />
  );
}
