import { useState } from 'preact/hooks';
import { isSecretName } from '../../model/secrets.ts';
import type { Asking } from '../state/variables.ts';
import { strings } from '../strings.ts';
import { TextField } from '../widgets/fields.tsx';
import { ModalDialog } from '../widgets/modal-dialog.tsx';
import { SecretField } from '../widgets/secret-field.tsx';

const words = strings.variables;

/** Asks for what the request wants to be asked. */
export function PromptDialog({ asking }: { asking: Asking }) {
  const [answers, setAnswers] = useState<ReadonlyMap<string, string>>(new Map());
  const send = (): void => asking.answer(new Map(asking.labels.map((label) => [label, answers.get(label) ?? ''])));
  return (
    <ModalDialog
      title={words.promptTitle}
      onClose={() => asking.cancel()}
      actions={
        <>
          <button type="button" class="button" onClick={() => asking.cancel()}>
            {words.promptCancel}
          </button>
          <button type="button" class="button button-strong" onClick={send}>
            {words.promptSend}
          </button>
        </>
      }
    >
      <p class="pane-hint">{words.promptHint}</p>
      <form
        class="form-grid"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {asking.labels.map((label) => {
          const Field = isSecretName(label) ? SecretField : TextField;
          return (
            <Field
              key={label}
              label={label === '' ? words.promptUnnamed : label}
              value={answers.get(label) ?? ''}
              onInput={(text) => setAnswers(new Map(answers).set(label, text))}
            />
          );
        })}
        <button type="submit" hidden />
      </form>
    </ModalDialog>
  );
}
