import { formatCount } from '../../inspect/format.ts';
import type { BinaryFacts, BodyDiff, FieldChange, ResponseDiff } from '../../inspect/response-diff.ts';
import { useSecretMask, type SecretMask } from '../response/secrets-context.ts';
import { strings } from '../strings.ts';
import { TextChanges } from './text-changes.tsx';
import { responseVerdict } from './verdict.ts';

const words = strings.compare;

/** What the replay's response has that the original's had not, and the other way round. */
export function ResponseChanges({ diff }: { diff: ResponseDiff }) {
  const verdict = responseVerdict(diff);
  const toChange = fromField(useSecretMask());
  const steady = diff.fields.filter((change) => !change.volatile);
  const volatile = diff.fields.filter((change) => change.volatile);
  return (
    <>
      <p class="verdict" data-tone={verdict.tone}>
        {verdict.text}
      </p>
      {diff.status !== null && (
        <p class="compare-status">
          {words.status}: {words.statusChanged(diff.status.before, diff.status.after)}
        </p>
      )}
      {steady.length > 0 && <Changes label={words.field} changes={steady.map(toChange)} />}
      <Folded label={words.field} changes={volatile.map(toChange)} />
      <h3>{words.body}</h3>
      <BodyChanges diff={diff.body} />
    </>
  );
}

/** One row: where it is, and what stands there on either side. */
export interface Change {
  readonly place: string;
  readonly before: string | null;
  readonly after: string | null;
}

const fromField =
  (mask: SecretMask) =>
  ({ name, before, after }: FieldChange): Change => ({
    place: name,
    before: before === null ? null : mask.field(name, before),
    after: after === null ? null : mask.field(name, after),
  });

/** What differs every time: there, but out of the way. */
export function Folded(props: ChangesProps) {
  const { changes } = props;
  if (changes.length === 0) return null;
  return (
    <details class="compare-volatile">
      <summary>{words.volatile(changes.length)}</summary>
      <Changes {...props} />
    </details>
  );
}

interface ChangesProps {
  /** What the places are. */
  label: string;
  changes: readonly Change[];
  /** The accessible name. */
  title?: string;
  /** What the two sides are called. */
  sides?: readonly [before: string, after: string];
}

const SIDES = [words.before, words.after] as const;

export function Changes({ label, changes, title = strings.compareStart.response, sides = SIDES }: ChangesProps) {
  return (
    <table class="compare-table" aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">{sides[0]}</th>
          <th scope="col">{sides[1]}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ place, before, after }) => (
          <tr key={place} data-kind={before === null ? 'added' : after === null ? 'missing' : 'changed'}>
            <th scope="row">{place}</th>
            <td class="compare-value">{before}</td>
            <td class="compare-value">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BodyChanges({ diff }: { diff: BodyDiff }) {
  switch (diff.kind) {
    case 'same':
      return <p>{diff.exact ? words.bodySame : words.bodySameMeaning}</p>;
    case 'unknown':
      return <p>{strings.compareStart.bodyUnknown[diff.side]}</p>;
    case 'binary':
      return (
        <Changes
          label={words.body}
          changes={[{ place: words.body, before: facts(diff.before), after: facts(diff.after) }]}
        />
      );
    case 'json': {
      const changes = diff.changes.map((change) => ({
        ...change,
        place: change.path === '' ? words.whole : change.path,
      }));
      return (
        <>
          <JsonChanges changes={changes.filter((change) => !change.volatile)} />
          <Folded label={words.path} changes={changes.filter((change) => change.volatile)} />
          {diff.cut && <p class="pane-hint">{words.cut}</p>}
        </>
      );
    }
    case 'text':
      return <TextChanges diff={diff} />;
  }
}

function JsonChanges({ changes }: { changes: readonly Change[] }) {
  return changes.length === 0 ? null : <Changes label={words.path} changes={changes} />;
}

function facts({ size, digest }: BinaryFacts): string {
  const bytes = words.bytes(formatCount(size));
  return digest === null ? words.binaryLarge(bytes) : words.binary(bytes, digest);
}
