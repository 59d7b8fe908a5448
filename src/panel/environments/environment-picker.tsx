import { Braces } from 'lucide';
import type { VariableStore } from '../state/variables.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { IconButton } from '../widgets/icon-button.tsx';

const words = strings.context;
const NONE = '';

/** Whose variables count, and the way to them. */
export function EnvironmentPicker({ variables }: { variables: VariableStore }) {
  const { all, chosen } = variables.environments;
  const options = all.value.map(
    ({ id, name }) => [id, name.trim() === '' ? strings.environments.unnamed : name] as const,
  );
  return (
    <>
      <span class="context-label" aria-hidden="true">
        {words.environment}
      </span>
      <Select
        class="quiet"
        label={words.environment}
        hint={words.environmentHint}
        value={chosen.value?.id ?? NONE}
        options={[[NONE, words.noEnvironment], ...options]}
        onChange={(id) => variables.environments.choose(id === NONE ? null : id)}
      />
      <IconButton
        icon={Braces}
        label={words.manageEnvironments}
        hint={words.manageEnvironmentsHint}
        onClick={() => (variables.managing.value = { define: null })}
      />
    </>
  );
}
