import { useId, useRef } from 'preact/hooks';
import { formatCount } from '../../../inspect/format.ts';
import { builtInNames, encoderNames } from '../../../model/batch.ts';
import { strings } from '../../strings.ts';
import { SelectField, TextField } from '../../widgets/fields.tsx';
import type { Position } from './template.ts';
import { openValues } from './value-lists.ts';
import { isWidth, readNumber, readValues, valueSources, type TypedValues } from './vary-state.ts';

const words = strings.batches.vary;

interface PositionEditorProps {
  number: number;
  position: Position;
  typed: TypedValues;
  /** Its values are its own, not another position's. */
  hasValues: boolean;
  onChange: (fields: Partial<TypedValues>) => void;
}

/** One marked position: where it stands, what takes its place, and how that is encoded. */
export function PositionEditor({ number, position, typed, hasValues, onChange }: PositionEditorProps) {
  const { place, field, original } = position;
  const read = readValues(typed);
  const count = read === null ? null : openValues(read).count;
  return (
    <fieldset class="batch-scope vary-position">
      <legend>
        {words.position(number)} <span class="dim">{field === '' ? words.places[place] : field}</span>{' '}
        <code class="vary-original" title={words.unvaried}>
          {original === '' ? words.emptyOriginal : original}
        </code>
      </legend>
      {hasValues && (
        <>
          <SelectField
            label={words.values}
            value={typed.source}
            options={valueSources.map((source) => [source, words.sources[source]] as const)}
            onChange={(source) => onChange({ source })}
          />
          <Values typed={typed} onChange={onChange} />
        </>
      )}
      <SelectField
        label={words.encoder}
        value={typed.encoder}
        options={encoderNames.map((encoder) => [encoder, words.encoders[encoder]] as const)}
        {...(hasValues && count !== null ? { note: words.listCount(formatCount(count)) } : {})}
        onChange={(encoder) => onChange({ encoder })}
      />
    </fieldset>
  );
}

type ValuesProps = Pick<PositionEditorProps, 'typed' | 'onChange'>;

function Values({ typed, onChange }: ValuesProps) {
  switch (typed.source) {
    case 'list':
      return <ListField typed={typed} onChange={onChange} />;
    case 'file':
      return <FileField typed={typed} onChange={onChange} />;
    case 'built-in':
      return (
        <SelectField
          label={words.builtIn}
          value={typed.builtIn}
          options={builtInNames.map((list) => [list, words.builtIns[list]] as const)}
          onChange={(builtIn) => onChange({ builtIn })}
        />
      );
    case 'range':
      return (
        <>
          {(['from', 'to', 'step'] as const).map((name) => (
            <TextField
              key={name}
              label={words[name]}
              numeric
              value={typed[name]}
              problem={readNumber(typed[name]) === null ? words.numberProblem : null}
              onInput={(text) => onChange({ [name]: text })}
            />
          ))}
          <TextField
            label={words.width}
            numeric
            value={typed.width}
            problem={isWidth(typed.width) ? null : words.widthProblem}
            onInput={(width) => onChange({ width })}
          />
        </>
      );
  }
}

function ListField({ typed, onChange }: ValuesProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {words.listLabel}
      </label>
      <textarea
        id={id}
        class="text-input vary-list"
        rows={4}
        wrap="off"
        spellcheck={false}
        autocomplete="off"
        value={typed.list}
        onInput={(event) => onChange({ list: event.currentTarget.value })}
      />
    </div>
  );
}

function FileField({ typed, onChange }: ValuesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="field">
      <span class="field-label">{typed.file?.name ?? words.fileHint}</span>
      <div class="field-control">
        <button type="button" class="button" onClick={() => input.current?.click()}>
          {words.chooseFile}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file === undefined) return;
            void file.text().then((text) => onChange({ file: { name: file.name, text } }));
          }}
        />
      </div>
    </div>
  );
}
