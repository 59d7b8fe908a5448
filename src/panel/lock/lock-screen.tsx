import { LockKeyhole } from 'lucide';
import { useState } from 'preact/hooks';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import { SecretField } from '../widgets/secret-field.tsx';
import { EraseConfirm } from './erase-confirm.tsx';
import './lock.css';

const words = strings.lock;

interface LockScreenProps {
  /** Resolves to whether the passphrase was the right one; what follows then is not this screen's. */
  unlock: (passphrase: string) => Promise<boolean>;
  onSkip: () => void;
  erase: () => Promise<void>;
}

/** Asks for the passphrase, once in each session of the browser, and offers every other way on. */
export function LockScreen({ unlock, onSkip, erase }: LockScreenProps) {
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<'idle' | 'checking' | 'wrong' | 'failed'>('idle');
  async function check(): Promise<void> {
    setState('checking');
    const right = await unlock(typed).catch(() => null);
    if (right !== true) setState(right === null ? 'failed' : 'wrong');
  }
  return (
    <main class="lock" aria-labelledby="lock-title">
      <h1 id="lock-title">
        <Icon of={LockKeyhole} size={16} /> {words.title}
      </h1>
      <p>{words.about}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== '') void check();
        }}
      >
        <SecretField
          label={words.passphrase}
          value={typed}
          onInput={(text) => {
            setTyped(text);
            setState('idle');
          }}
        />
        <p class="field-problem" role="alert">
          {state === 'wrong' && words.wrong}
          {state === 'failed' && words.failed}
        </p>
        <p class="lock-buttons">
          <button type="submit" class="button button-strong" disabled={typed === '' || state === 'checking'}>
            {words.unlock}
          </button>
          <button type="button" class="button" title={words.skipHint} onClick={onSkip}>
            {words.skip}
          </button>
        </p>
      </form>
      <section aria-label={words.forgotten}>
        <h2>{words.forgotten}</h2>
        <p>{words.forgottenHint}</p>
        <EraseConfirm label={strings.settings.erase} erase={erase} />
      </section>
    </main>
  );
}
