import { formatCount } from '../../inspect/format.ts';
import type { FidelityField, FidelityReport } from '../../inspect/fidelity.ts';
import { useSecretMask } from '../response/secrets-context.ts';
import { strings } from '../strings.ts';
import { requestVerdict } from './verdict.ts';

const words = strings.compare;

/** The captured request and its replay, part by part; what differs stands first. */
export function Fidelity({ report }: { report: FidelityReport }) {
  const { method, target, fields, body, bodyUnproven } = report;
  const verdict = requestVerdict(report);
  const parts = [method, target, ...fields, body];
  const differing = parts.filter(({ kind }) => kind !== 'equal' && kind !== 'derived');
  const alike = parts.filter((part) => !differing.includes(part));
  return (
    <>
      <p class="verdict" data-tone={verdict.tone}>
        {verdict.text}
      </p>
      {bodyUnproven && report.differences > 0 && <p class="pane-hint">{strings.compareStart.unproven}</p>}
      <table class="compare-table" aria-label={strings.compareStart.fidelity}>
        <thead>
          <tr>
            <th scope="col">{words.columns.part}</th>
            <th scope="col">{words.columns.result}</th>
            <th scope="col">{words.columns.captured}</th>
            <th scope="col">{words.columns.sent}</th>
          </tr>
        </thead>
        <tbody>
          {[...differing, ...alike].map((part) => (
            <FidelityRow key={part.name} part={part} />
          ))}
        </tbody>
      </table>
      <p class="pane-hint">{words.order}</p>
    </>
  );
}

function FidelityRow({ part }: { part: FidelityField }) {
  const { name, kind, captured, sent, otherCase, onceOnly } = part;
  const notes = [
    reasonWords(part),
    kind === 'derived' || part.isDerived ? words.derivedHint : null,
    otherCase ? words.otherCase : null,
    onceOnly ? strings.capture.once : null,
  ].filter((note) => note !== null);
  const isSame = captured === sent;
  const mask = useSecretMask();
  const shown = (value: string | null): string => {
    if (value === null) return '';
    return name === ':body' ? words.bytes(formatCount(Number(value))) : mask.field(name, value);
  };
  return (
    <tr data-kind={kind}>
      <th scope="row">{partName(name)}</th>
      <td class="compare-kind" title={notes.join('\n')}>
        {words.kinds[kind]}
        {kind !== 'equal' && kind !== 'derived' && notes.map((note) => <p key={note}>{note}</p>)}
      </td>
      <td class="compare-value" colSpan={isSame ? 2 : 1}>
        {shown(captured)}
      </td>
      {!isSame && <td class="compare-value">{shown(sent)}</td>}
    </tr>
  );
}

function partName(name: string): string {
  const known: Readonly<Record<string, string>> = words.parts;
  return known[name] ?? name;
}

function reasonWords({ reason }: FidelityField): string | null {
  if (reason === null) return null;
  if (reason.code !== 'note') return words.reasons[reason.code];
  return reason.wayOut === null ? reason.text : `${reason.text} ${reason.wayOut}`;
}
