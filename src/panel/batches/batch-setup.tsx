import { Play } from 'lucide';
import { useState } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import { keepChoices, type BatchOptions, type Identity } from '../../model/batch.ts';
import type { SessionSettings } from '../../model/session.ts';
import { strings } from '../strings.ts';
import { CheckField, SelectField, TextField } from '../widgets/fields.tsx';
import { Icon } from '../widgets/icon.tsx';
import type { OpenBatch } from './batches.ts';
import { identityName } from './identities/identity-table.tsx';
import { readOptions, typedOptions, type TypedOptions } from './read-options.ts';

const words = strings.batches;

interface BatchSetupProps {
  batch: OpenBatch;
  sessions: readonly SessionSettings[];
}

/** How a batch is to be sent, and where: nothing goes out before its hosts are confirmed. */
export function BatchSetup({ batch, sessions }: BatchSetupProps) {
  const { hosts, confirmed, options, identities } = batch.head.value;
  const [typed, setTyped] = useState<TypedOptions>(() => typedOptions(options));
  const { problems } = readOptions(typed, options, batch.plan.count);
  const isSound = Object.keys(problems).length === 0;

  function change(fields: Partial<TypedOptions>): void {
    const next = { ...typed, ...fields };
    setTyped(next);
    const read = readOptions(next, options, batch.plan.count);
    if (Object.keys(read.problems).length === 0) batch.prepare({ options: read.options });
  }

  const field = (name: keyof TypedOptions, placeholder = '') => (
    <TextField
      label={words[name]}
      numeric
      value={typed[name]}
      placeholder={placeholder}
      problem={problems[name] ?? null}
      onInput={(text) => change({ [name]: text })}
    />
  );

  return (
    <div class="batch-setup">
      <section class="batch-options" aria-label={words.options}>
        {field('parallel')}
        {field('delay')}
        {field('perSecond', words.perSecondNone)}
        {field('rounds')}
        <SelectField
          label={words.keep}
          value={options.keep}
          options={keepChoices.map((choice) => [choice, words.keeps[choice]] as const)}
          note={words.keepNotes[options.keep]}
          onChange={(keep: BatchOptions['keep']) => batch.prepare({ options: { ...options, keep } })}
        />
      </section>
      {batch.plan.places.length === 0 && <SendAs batch={batch} sessions={sessions} />}
      <fieldset class="batch-scope">
        <legend>{words.scope}</legend>
        {hosts.map(({ host, count }) => (
          <CheckField
            key={host}
            label={words.scopeHost(host, formatCount(count * options.rounds * Math.max(1, identities.length)))}
            checked={confirmed.includes(host)}
            onChange={(on) =>
              batch.prepare({ confirmed: on ? [...confirmed, host] : confirmed.filter((other) => other !== host) })
            }
          />
        ))}
        <p class="field-note">{words.scopeHint}</p>
      </fieldset>
      <div class="batch-buttons">
        <button
          type="button"
          class="button button-strong"
          disabled={confirmed.length === 0 || !isSound || batch.isElsewhere}
          title={confirmed.length === 0 ? words.startBlocked : words.startHint}
          onClick={() => batch.start()}
        >
          <Icon of={Play} size={12} /> {words.start}
        </button>
        {confirmed.length === 0 && <span class="field-note">{words.startBlocked}</span>}
      </div>
    </div>
  );
}

/** On whose behalf; with one alone, which is what it is anyway, nothing is compared. */
function SendAs({ batch, sessions }: BatchSetupProps) {
  const chosen = batch.head.value.identities;
  const all: readonly Identity[] = [
    { kind: 'as-is' },
    ...sessions.map(({ id, name }): Identity => ({ kind: 'session', session: id, name })),
    { kind: 'none' },
  ];
  const isChosen = (identity: Identity): boolean =>
    chosen.length === 0 ? identity.kind === 'as-is' : chosen.some((other) => keyOf(other) === keyOf(identity));
  return (
    <fieldset class="batch-scope">
      <legend>{words.identities.title}</legend>
      {all.map((identity) => (
        <CheckField
          key={keyOf(identity)}
          label={identity.kind === 'session' ? words.identities.session(identity.name) : identityName(identity)}
          checked={isChosen(identity)}
          onChange={(on) => {
            const next = all.filter((other) => (keyOf(other) === keyOf(identity) ? on : isChosen(other)));
            const isPlain = next.length === 0 || (next.length === 1 && next[0]?.kind === 'as-is');
            batch.prepare({ identities: isPlain ? [] : next });
          }}
        />
      ))}
      <p class="field-note">{words.identities.hint}</p>
    </fieldset>
  );
}

const keyOf = (identity: Identity): string =>
  identity.kind === 'session' ? `session ${identity.session}` : identity.kind;
