import { lazyModule } from '../response/lazy-module.ts';
import type { VariableStore } from '../state/variables.ts';

const dialogs = lazyModule(() => import('./dialogs.ts'));

interface VariableDialogsProps {
  variables: VariableStore;
  /** What is defined outlives the panel. */
  lasting: boolean;
}

/** The dialogs about variables, while one is open. */
export function VariableDialogs(props: VariableDialogsProps) {
  const { asking, managing } = props.variables;
  return asking.value === null && managing.value === null ? null : <OpenDialog {...props} />;
}

function OpenDialog({ variables: { asking, managing, environments }, lasting }: VariableDialogsProps) {
  const loaded = dialogs.use();
  if (loaded === null) return null;
  const { EnvironmentsDialog, PromptDialog } = loaded;
  if (asking.value !== null) return <PromptDialog asking={asking.value} />;
  return (
    <EnvironmentsDialog
      store={environments}
      define={managing.value?.define ?? null}
      lasting={lasting}
      onClose={() => (managing.value = null)}
    />
  );
}
