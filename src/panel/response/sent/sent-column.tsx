import { strings } from '../../strings.ts';
import { CopyButton } from '../copy-button.tsx';
import { useSecretMask } from '../secrets-context.ts';
import { LineMarks } from './line-marks.tsx';
import type { Column, ColumnRow } from './sent-views.ts';

const words = strings.sent;
const hints = { composed: words.composedHint, prepared: words.preparedHint, sent: words.sentHint };

/** One view of the request. */
export function SentColumn({ column: { name, rows, raw } }: { column: Column }) {
  const mask = useSecretMask();
  return (
    <section class="sent-column" aria-label={words[name]}>
      <div class="sent-head">
        <h2 title={hints[name]}>{words[name]}</h2>
        {raw !== null && (
          <CopyButton
            label={words.copyRaw}
            hint={words.copyRawHint(words[name])}
            withLabel
            source={() => ({ text: mask.raw(raw) })}
          />
        )}
      </div>
      {rows.map((row, i) => (
        <Line key={i} row={row} />
      ))}
    </section>
  );
}

function Line({ row }: { row: ColumnRow }) {
  const mask = useSecretMask();
  switch (row.kind) {
    case 'start':
    case 'body':
      return (
        <div class={`sent-line sent-${row.kind}`} data-mark={row.marks[0]}>
          <span class="sent-text">{row.kind === 'start' ? mask.raw(row.text) : mask.text(row.text)}</span>
          <LineMarks marks={row.marks} />
        </div>
      );
    case 'field':
      return (
        <div class="sent-line" data-mark={row.line.marks[0]}>
          <span class="sent-text">
            <span class="field-name">{row.line.name}</span>: {mask.field(row.line.name, row.line.value)}
          </span>
          <LineMarks marks={row.line.marks} />
          {row.line.note !== null && <span class="sent-note">{row.line.note}</span>}
        </div>
      );
    case 'note':
      return <p class="sent-line sent-remark">{row.text}</p>;
    case 'none':
    default:
      return <div class="sent-line sent-none" aria-hidden="true" />;
  }
}
