import { useEffect, useState } from 'preact/hooks';
import { COMPARED_TEXT, type BodyComparison, type ComparedBody } from '../../../inspect/body-compare.ts';
import type { DiffRow, DiffSide } from '../../../inspect/diff-rows.ts';
import { formatCount } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { compareInWorker } from '../../workers/compare-client.ts';
import { Changes, Folded } from '../response-changes.tsx';
import type { FoundBody } from './chosen-body.ts';

const words = strings.compareBodies;

const SIDES = [words.sides.first, words.sides.second] as const;

type Outcome =
  | { readonly state: 'running'; readonly share: number }
  | { readonly state: 'done'; readonly comparison: BodyComparison }
  | { readonly state: 'failed'; readonly why: string };

/** What two bodies differ in, as soon as both are chosen. */
export function BodyDifferences({ before, after }: { before: FoundBody | null; after: FoundBody | null }) {
  const one = before?.state === 'found' ? before.body : null;
  const other = after?.state === 'found' ? after.body : null;
  const outcome = useComparison(one, other);
  if (outcome === null) return <p class="pane-hint">{words.waiting}</p>;
  if (outcome.state === 'running') return <p class="pane-hint">{words.comparing(outcome.share)}</p>;
  if (outcome.state === 'failed') return <p class="field-problem">{words.failed(outcome.why)}</p>;
  return <Shown comparison={outcome.comparison} />;
}

function useComparison(before: ComparedBody | null, after: ComparedBody | null): Outcome | null {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (before === null || after === null) {
      setOutcome(null);
      return undefined;
    }
    const ending = new AbortController();
    setOutcome({ state: 'running', share: 0 });
    compareInWorker(before, after, {
      signal: ending.signal,
      onProgress: (share) => setOutcome({ state: 'running', share }),
    }).then(
      (comparison) => setOutcome({ state: 'done', comparison }),
      (error: unknown) => setOutcome({ state: 'failed', why: error instanceof Error ? error.message : String(error) }),
    );
    return () => ending.abort();
  }, [before, after]);
  return outcome;
}

function Shown({ comparison }: { comparison: BodyComparison }) {
  const verdict = verdictOf(comparison);
  return (
    <>
      <p class="verdict" data-tone={verdict.isSame ? 'ok' : 'changed'} role="status">
        {verdict.text}
      </p>
      <Details comparison={comparison} />
    </>
  );
}

function verdictOf(comparison: BodyComparison): { readonly isSame: boolean; readonly text: string } {
  if (comparison.kind === 'same') return { isSame: true, text: comparison.exact ? words.same : words.sameMeaning };
  const count = countOf(comparison);
  return count === 0 ? { isSame: true, text: words.onlyVolatile } : { isSame: false, text: words.changes(count) };
}

function countOf(comparison: Exclude<BodyComparison, { kind: 'same' }>): number {
  switch (comparison.kind) {
    case 'json':
      return comparison.changes.filter((change) => !change.volatile).length;
    case 'text':
      return comparison.differences;
    case 'binary':
      return 1;
  }
}

function Details({ comparison }: { comparison: BodyComparison }) {
  switch (comparison.kind) {
    case 'same':
      return null;
    case 'json': {
      const changes = comparison.changes.map((change) => ({
        ...change,
        place: change.path === '' ? strings.compare.whole : change.path,
      }));
      const steady = changes.filter((change) => !change.volatile);
      const look = { label: strings.compare.path, title: words.result, sides: SIDES };
      return (
        <>
          <p class="pane-hint">{words.how.json}</p>
          {steady.length > 0 && <Changes {...look} changes={steady} />}
          <Folded {...look} changes={changes.filter((change) => change.volatile)} />
          {comparison.cut && <p class="pane-hint">{words.cut}</p>}
        </>
      );
    }
    case 'text':
      return (
        <>
          <p class="pane-hint">{words.how.text}</p>
          <Lines rows={comparison.rows} />
          {comparison.cut && <p class="pane-hint">{words.cut}</p>}
        </>
      );
    case 'binary': {
      const { before, after, firstDifference } = comparison;
      const sizes = [before.size, after.size].map((size) => words.bytes(formatCount(size)));
      const rows = [
        { place: words.binaryRows.size, before: sizes[0] ?? '', after: sizes[1] ?? '' },
        { place: words.binaryRows.digest, before: before.digest, after: after.digest },
      ];
      return (
        <>
          <p class="pane-hint">
            {words.how.binary(formatCount(firstDifference))}
            {Math.max(before.size, after.size) > COMPARED_TEXT && ` ${words.long}`}
          </p>
          <Changes label="" title={words.result} sides={SIDES} changes={rows} />
        </>
      );
    }
  }
}

/** Two texts beside each other; where there is no room, one below the other. */
function Lines({ rows }: { rows: readonly DiffRow[] }) {
  return (
    <table class="beside" aria-label={words.lines}>
      <colgroup>
        <col class="beside-number" />
        <col />
        <col class="beside-number" />
        <col />
      </colgroup>
      <thead class="sr-only">
        <tr>
          {SIDES.map((side) => [
            <th key={`${side} line`} scope="col">
              {words.line}
            </th>,
            <th key={side} scope="col">
              {side}
            </th>,
          ])}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) =>
          row.kind === 'skipped' ? (
            <tr key={at} data-kind="skipped">
              <td colSpan={4}>{words.skipped(row.count)}</td>
            </tr>
          ) : (
            <tr key={at} data-kind={row.kind} data-volatile={row.volatile}>
              <Side side={row.before} sign="−" kind="before" isMarked={row.kind === 'changed'} />
              <Side side={row.after} sign="+" kind="after" isMarked={row.kind === 'changed'} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

interface SideProps {
  side: DiffSide | null;
  sign: string;
  kind: 'before' | 'after';
  isMarked: boolean;
}

function Side({ side, sign, kind, isMarked }: SideProps) {
  if (side === null) return <td class="beside-gap" colSpan={2} data-side={kind} />;
  const { line, text, from, to } = side;
  return (
    <>
      <td class="beside-line" data-side={kind}>
        {line}
        {isMarked && ` ${sign}`}
      </td>
      <td class="beside-text" data-side={kind}>
        {to > from && !(from === 0 && to === text.length) ? (
          <>
            {text.slice(0, from)}
            <mark>{text.slice(from, to)}</mark>
            {text.slice(to)}
          </>
        ) : (
          text
        )}
      </td>
    </>
  );
}
