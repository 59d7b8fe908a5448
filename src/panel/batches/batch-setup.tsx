import { Play } from 'lucide';
import { useState } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import { keepChoices, type BatchOptions } from '../../model/batch.ts';
import { strings } from '../strings.ts';
import { CheckField, SelectField, TextField } from '../widgets/fields.tsx';
import { Icon } from '../widgets/icon.tsx';
import type { OpenBatch } from './batches.ts';
import { readOptions, typedOptions, type TypedOptions } from './read-options.ts';

const words = strings.batches;

/** How a batch is to be sent, and where: nothing goes out before its hosts are confirmed. */
export function BatchSetup({ batch }: { batch: OpenBatch }) {
  const { hosts, confirmed, options } = batch.head.value;
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
      <fieldset class="batch-scope">
        <legend>{words.scope}</legend>
        {hosts.map(({ host, count }) => (
          <CheckField
            key={host}
            label={words.scopeHost(host, formatCount(count * options.rounds))}
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
