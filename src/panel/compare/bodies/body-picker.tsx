import { useMemo } from 'preact/hooks';
import { formatBytes } from '../../../inspect/format.ts';
import type { Capture } from '../../capture/capture.ts';
import { FileChooser } from '../../composer/file-chooser.tsx';
import type { HistoryList } from '../../history/history-list.ts';
import { useSecretMask } from '../../response/secrets-context.ts';
import { strings } from '../../strings.ts';
import { Select } from '../../widgets/fields.tsx';
import type { BodyChoice, FoundBody } from './chosen-body.ts';
import { CapturedPicker, HistoryPicker } from './entry-picker.tsx';
import type { BodyOrigin } from './open-body-compare.tsx';

const words = strings.compareBodies;

interface BodyPickerProps {
  side: 'first' | 'second';
  choice: BodyChoice;
  found: FoundBody | null;
  origins: readonly BodyOrigin[];
  capture: Capture | null;
  list: HistoryList | null;
  onChange: (choice: BodyChoice) => void;
}

const PARTS = [
  ['response', words.parts.response],
  ['request', words.parts.request],
] as const;

/** Says where one of the two bodies comes from, and what it is. */
export function BodyPicker({ side, choice, found, origins, capture, list, onChange }: BodyPickerProps) {
  const label = words.sides[side];
  const { origin, part, id } = choice;
  const options = useMemo(() => origins.map((each) => [each, words.origins[each]] as const), [origins]);
  const entries = { label: words.list(label, words.origins[origin]), id, onPick: pick };
  function pick(picked: string): void {
    if (picked !== id) onChange({ ...choice, id: picked });
  }
  return (
    <section class="body-picker" aria-label={label}>
      <div class="body-picker-line">
        <h3>{label}</h3>
        <Select
          label={words.origin}
          value={origin}
          options={options}
          onChange={(next) => onChange({ ...choice, origin: next, id: null })}
        />
        {origin !== 'file' && origin !== 'text' && (
          <Select
            label={words.part}
            value={part}
            options={PARTS}
            onChange={(next) => onChange({ ...choice, part: next })}
          />
        )}
      </div>
      {origin === 'captured' && capture !== null && <CapturedPicker {...entries} capture={capture} />}
      {origin === 'history' && list !== null && <HistoryPicker {...entries} list={list} />}
      {origin === 'file' && (
        <FileChooser
          file={choice.file ?? undefined}
          rememberedName=""
          onChoose={(file) => onChange({ ...choice, file })}
          onClear={() => onChange({ ...choice, file: null })}
        />
      )}
      {origin === 'text' && (
        <textarea
          class="editor body-picker-text"
          aria-label={words.text(label)}
          placeholder={words.textPlaceholder}
          value={choice.text}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          onInput={(event) => onChange({ ...choice, text: event.currentTarget.value })}
        />
      )}
      <Facts found={found} origin={origin} />
    </section>
  );
}

/** One line, there from the beginning, so that nothing moves. */
function Facts({ found, origin }: { found: FoundBody | null; origin: BodyOrigin }) {
  const mask = useSecretMask();
  if (found === null) return <p class="body-picker-facts"> </p>;
  if (found.state === 'missing') return <p class="body-picker-facts">{words.missing[found.why]}</p>;
  const { body, label } = found;
  const name = origin === 'file' ? '' : mask.url(label);
  return (
    <p class="body-picker-facts" title={name}>
      {words.facts(body.contentType, formatBytes(body.blob.size))}
      {name !== '' && ` · ${name}`}
    </p>
  );
}
