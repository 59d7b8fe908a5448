import { notesAbout, type PlanNote } from '../state/plan.ts';
import { liveRows } from '../state/rows.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { CarriedFields } from './carried-fields.tsx';
import { PlanNotes } from './plan-notes.tsx';

const words = strings.headers;

interface DefaultFieldsProps {
  workbench: Workbench;
  notes: readonly PlanNote[];
  /** Names, in lower case, that the table sets itself. */
  setAbove: ReadonlySet<string>;
}

/** The fields that go with the request without a row of its own: the session's, and those of every request. */
export function DefaultFields({ workbench, notes, setAbove }: DefaultFieldsProps) {
  const session = workbench.session.value;
  const off = lowerCase(workbench.drafts.draft.value.defaultsOff);
  const given = liveRows(session?.headers ?? []).map(({ name, value }) => [name, value] as const);
  const bySession = lowerCase(given.map(([name]) => name));
  const withheld = lowerCase(session?.defaultsOff ?? []);
  const stateOf = (name: string) => {
    const key = name.toLowerCase();
    return setAbove.has(key) ? 'set-above' : off.has(key) ? 'off' : 'sent';
  };
  const common = {
    remark: (name: string) => <PlanNotes notes={notesAbout(notes, name)} />,
    onSwitch: (name: string, on: boolean) => workbench.drafts.setDefaultField(name, on),
  };
  return (
    <>
      <CarriedFields
        {...common}
        title={strings.context.fromSession(session?.name ?? '')}
        hint={words.fromSessionHint}
        fields={given}
        stateOf={stateOf}
      />
      <CarriedFields
        {...common}
        title={words.defaults}
        hint={words.defaultsHint}
        fields={workbench.defaultHeaders.value}
        stateOf={(name) => {
          const key = name.toLowerCase();
          if (bySession.has(key)) return 'replaced';
          const state = stateOf(name);
          return state === 'sent' && withheld.has(key) ? 'withheld' : state;
        }}
      />
    </>
  );
}

const lowerCase = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.toLowerCase()));
