import { ArrowRight, X } from 'lucide';
import type { Signal } from '@preact/signals';
import { formatCount } from '../../../inspect/format.ts';
import { varyModes, type VaryPlan } from '../../../model/batch.ts';
import type { RequestSpec } from '../../../model/request-spec.ts';
import { strings } from '../../strings.ts';
import { SelectField } from '../../widgets/fields.tsx';
import { IconButton } from '../../widgets/icon-button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { MOST_REQUESTS } from '../read-options.ts';
import '../batches.css';
import { Finds } from './finds-editor.tsx';
import { PositionEditor } from './position-editor.tsx';
import { positionsOf } from './template.ts';
import { readVary, type TypedVary } from './vary-state.ts';

const words = strings.batches.vary;

interface VarySetupProps {
  title: string;
  template: RequestSpec;
  typed: Signal<TypedVary>;
  onMake: (plan: VaryPlan) => void;
  onBack: () => void;
}

/** What takes the place of the marked positions. Nothing is sent from here. */
export function VarySetup({ title, template, typed, onMake, onBack }: VarySetupProps) {
  const { positions, open } = positionsOf(template);
  const state = typed.value;
  const change = (fields: Partial<TypedVary>): void => {
    typed.value = { ...state, ...fields };
  };
  const { plan, count } = readVary(state, template);
  const isTooMany = count >= MOST_REQUESTS;
  return (
    <section class="batch" aria-label={strings.batches.vary.view}>
      <header class="batch-head">
        <h2 class="batch-title" title={title}>
          {title}
        </h2>
        <IconButton icon={X} label={strings.batches.back} onClick={onBack} />
      </header>
      {open.length > 0 && <p class="capture-note">{words.openMark(words.places[open[0] ?? 'url'])}</p>}
      {positions.length === 0 ? (
        <p class="capture-empty">{words.none}</p>
      ) : (
        <div class="vary">
          <SelectField
            label={words.mode}
            value={state.mode}
            options={varyModes.map((mode) => [mode, words.modes[mode]] as const)}
            note={words.modeNotes[state.mode]}
            onChange={(mode) => change({ mode })}
          />
          {positions.map((position, at) => {
            const values = state.positions[at];
            if (values === undefined) return null;
            return (
              <PositionEditor
                key={at}
                number={at + 1}
                position={position}
                typed={values}
                hasValues={state.mode !== 'same' || at === 0}
                onChange={(fields) =>
                  change({
                    positions: state.positions.map((other, index) => (index === at ? { ...other, ...fields } : other)),
                  })
                }
              />
            );
          })}
          <Finds finds={state.finds} onChange={(finds) => change({ finds })} />
        </div>
      )}
      {positions.length > 0 && (
        <div class="vary-foot">
          <p class="vary-count" aria-live="polite">
            {isTooMany
              ? words.tooMany(formatCount(MOST_REQUESTS))
              : count === 0
                ? words.noValues
                : words.count(formatCount(count))}
          </p>
          <button
            type="button"
            class="button button-strong"
            disabled={plan === null || isTooMany}
            title={words.makeHint}
            onClick={() => {
              if (plan !== null) onMake(plan);
            }}
          >
            {words.make} <Icon of={ArrowRight} size={12} />
          </button>
        </div>
      )}
    </section>
  );
}
