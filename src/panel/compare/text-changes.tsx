import type { BodyDiff } from '../../inspect/response-diff.ts';
import { strings } from '../strings.ts';

const words = strings.compare;
/** Lines alike that stand around a change. */
const CONTEXT = 2;
/** Rows at most: a text that is new from end to end is not worth more. */
const MAX_ROWS = 2000;

type TextDiff = Extract<BodyDiff, { kind: 'text' }>;

type Row =
  | { readonly kind: 'same' | 'removed' | 'added'; readonly text: string; readonly volatile: boolean }
  | { readonly kind: 'skipped'; readonly count: number };

/** Lines that went and came, with a little of what stands around them. */
export function TextChanges({ diff }: { diff: TextDiff }) {
  const rows = rowsOf(diff);
  const volatile = diff.steps.filter((step) => step.volatile && step.kind === 'removed').length;
  return (
    <>
      {volatile > 0 && <p class="pane-hint">{words.volatile(volatile)}</p>}
      {/* It scrolls: keys have to reach it. */}
      <div class="text-changes" role="group" aria-label={words.changedLines} tabIndex={0}>
        {rows.slice(0, MAX_ROWS).map((row, index) =>
          row.kind === 'skipped' ? (
            <p key={index} class="text-change" data-kind="skipped">
              {words.skippedLines(row.count)}
            </p>
          ) : (
            <p key={index} class="text-change" data-kind={row.kind} data-volatile={row.volatile}>
              <span class="text-sign">{{ same: ' ', removed: '−', added: '+' }[row.kind]}</span>
              {row.text}
            </p>
          ),
        )}
      </div>
      {rows.length > MAX_ROWS && <p class="pane-hint">{words.cut}</p>}
    </>
  );
}

function rowsOf({ steps, before, after }: TextDiff): Row[] {
  const near = new Set<number>();
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'same') continue;
    for (let other = at - CONTEXT; other <= at + CONTEXT; other++) near.add(other);
  }
  const rows: Row[] = [];
  let skipped = 0;
  for (const [at, { kind, old, new: fresh, volatile }] of steps.entries()) {
    if (!near.has(at)) {
      skipped++;
      continue;
    }
    if (skipped > 0) rows.push({ kind: 'skipped', count: skipped });
    skipped = 0;
    rows.push({ kind, volatile, text: (old === null ? after[fresh ?? 0] : before[old]) ?? '' });
  }
  if (skipped > 0) rows.push({ kind: 'skipped', count: skipped });
  return rows;
}
