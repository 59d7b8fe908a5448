import { useEffect, useState } from 'preact/hooks';
import { SHORTEST_PASSPHRASE, type LockState } from '../../storage/passphrase.ts';
import { strings } from '../strings.ts';
import { SecretField } from '../widgets/secret-field.tsx';

const words = strings.settings.passphrase;

/** What can be done with the passphrase that wraps the keys of what is encrypted. */
export interface PassphraseActions {
  state(): Promise<LockState>;
  set(passphrase: string): Promise<void>;
  remove(): Promise<void>;
}

type Outcome = 'set' | 'removed' | 'failed';

/** Sets, changes and removes the passphrase. */
export function PassphrasePart({ actions }: { actions: PassphraseActions }) {
  const [state, setState] = useState<LockState | null>(null);
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void actions.state().then(setState, () => null);
  }, [actions]);

  async function carryOut(work: Promise<void>, done: Outcome): Promise<void> {
    setBusy(true);
    setOutcome(
      await work.then(
        () => done,
        () => 'failed' as const,
      ),
    );
    setTyped('');
    setAgain('');
    setState(await actions.state().catch(() => null));
    setBusy(false);
  }

  const has = state === 'unlocked';
  const isShort = typed.length < SHORTEST_PASSPHRASE;
  const problem =
    typed === '' ? null : isShort ? words.short(SHORTEST_PASSPHRASE) : again === typed ? null : words.differ;
  const label = has ? words.change : words.set;
  return (
    <section class="settings-part" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p class="pane-hint">{words.about}</p>
      {state === 'locked' ? (
        <p class="pane-hint">{words.locked}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed !== '' && problem === null) void carryOut(actions.set(typed), 'set');
          }}
        >
          <SecretField label={has ? words.next : words.first} value={typed} onInput={setTyped} />
          <SecretField label={words.again} value={again} onInput={setAgain} />
          {problem !== null && again !== '' && <p class="field-problem">{problem}</p>}
          <p class="settings-buttons" aria-live="polite">
            <button type="submit" class="button" disabled={busy || typed === '' || problem !== null}>
              {label}
            </button>
            {has && (
              <button
                type="button"
                class="button"
                disabled={busy}
                onClick={() => void carryOut(actions.remove(), 'removed')}
              >
                {words.remove}
              </button>
            )}
            {outcome !== null && words.outcomes[outcome]}
          </p>
        </form>
      )}
    </section>
  );
}
