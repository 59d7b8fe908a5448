import { useState } from 'preact/hooks';
import { strings } from '../strings.ts';

const words = strings.settings;

interface EraseConfirmProps {
  /** What the first button says. */
  label: string;
  erase: () => Promise<void>;
}

/** A button that asks before it erases everything, and tells how that went. */
export function EraseConfirm({ label, erase }: EraseConfirmProps) {
  const [state, setState] = useState<'idle' | 'sure' | 'running' | 'done' | 'failed'>('idle');
  return (
    <p class="settings-buttons" aria-live="polite">
      {state === 'sure' ? (
        <>
          <strong>{words.eraseSure}</strong>
          <button
            type="button"
            class="button button-danger"
            onClick={() => {
              setState('running');
              void erase().then(
                () => setState('done'),
                () => setState('failed'),
              );
            }}
          >
            {words.eraseYes}
          </button>
          <button type="button" class="button" onClick={() => setState('idle')}>
            {words.eraseNo}
          </button>
        </>
      ) : (
        <button type="button" class="button" disabled={state === 'running'} onClick={() => setState('sure')}>
          {label}
        </button>
      )}{' '}
      {state === 'done' && words.erased}
      {state === 'failed' && words.eraseFailed}
    </p>
  );
}
