import { computed, signal } from '@preact/signals';
import { diffResponses, type ResponseBodyFacts, type ResponseDiff } from '../../inspect/response-diff.ts';
import type { BatchResult, Original } from '../../model/batch.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import type { KeptExchange } from '../../storage/batches.ts';
import { asBlob } from '../../storage/detached.ts';
import { ResponseChanges } from '../compare/response-changes.tsx';
import '../compare/compare.css';
import { recordedSnapshot } from '../history/recorded-snapshot.ts';
import type { StagedExchange } from '../stage.ts';
import { idleExchange, type ExchangeSnapshot } from '../state/exchange.ts';
import { strings } from '../strings.ts';
import { methodKind } from '../widgets/method-kind.ts';
import type { OpenBatch } from './batches.ts';
import { COMPARED_BODY } from './judge.ts';

const words = strings.batches.result;

interface StagedResultParts {
  readonly batch: OpenBatch;
  readonly index: number;
  /** Names of the default fields. */
  readonly defaults: readonly string[];
  readonly onEdit: (request: RequestSpec) => void;
  readonly onBack: () => void;
}

/** A result on the response side: the exchange that was kept, or what is known without it. */
export async function stagedResult(parts: StagedResultParts): Promise<StagedExchange> {
  const { batch, index, defaults } = parts;
  const row = batch.runner.value?.rows[index];
  const kept = row?.kept === true ? await batch.exchange(index) : null;
  const original = kept === null ? null : await batch.plan.original(index).catch(() => null);
  const snapshot = kept === null ? figuresOnly(row) : snapshotOf(kept, defaults);
  const diff = original === null ? null : await compare(original, snapshot);
  return {
    snapshot: computed(() => snapshot),
    bar: () => <ResultBar parts={parts} row={row} hasExchange={kept !== null} />,
    compare: () =>
      diff === null ? null : (
        <div class="compare tab-scroll">
          <ResponseChanges diff={diff} />
        </div>
      ),
    compareMark: () => diff?.differences || null,
  };
}

function snapshotOf({ exchange, body }: KeptExchange, defaults: readonly string[]): ExchangeSnapshot {
  return recordedSnapshot({ exchange, body: body === null ? null : asBlob(body) }, defaults);
}

/** What the table says of it. */
function figuresOnly(row: BatchResult | undefined): ExchangeSnapshot {
  if (row === undefined || row.state === 'started') return idleExchange;
  const error = row.error === null ? null : { ...row.error, code: 'batch', netError: null };
  const head =
    row.status === null
      ? null
      : {
          status: row.status,
          reason: '',
          ok: row.status < 400,
          url: '',
          httpVersion: null,
          headers: [],
          encoding: null,
        };
  return { ...idleExchange, state: 'done', startedAt: row.at, head, error, duration: row.duration };
}

async function compare(original: Original, { head, body }: ExchangeSnapshot): Promise<ResponseDiff | null> {
  if (head === null || body === null) return null;
  const { body: before } = original;
  const facts: ResponseBodyFacts =
    before.state === 'known' ? { ...before, bytes: new Uint8Array(before.bytes) } : before;
  const after: ResponseBodyFacts =
    body.size > COMPARED_BODY
      ? { state: 'large', size: body.size }
      : { state: 'known', bytes: new Uint8Array(await body.arrayBuffer()), isText: false };
  return diffResponses(
    { status: original.status, headers: original.headers, body: facts },
    { status: head.status, headers: head.headers, body: after },
  );
}

interface ResultBarProps {
  parts: StagedResultParts;
  row: BatchResult | undefined;
  hasExchange: boolean;
}

const editProblem = signal(false);

function ResultBar({ parts: { batch, index, onEdit, onBack }, row, hasExchange }: ResultBarProps) {
  const { method, url } = batch.plan.label(index);
  const isOver = row !== undefined && row.state !== 'started';
  const hints: Partial<Record<BatchResult['state'], string>> = strings.batches.outcomeHints;
  const hint = row === undefined ? undefined : hints[row.state];
  return (
    <section class="entry-bar" aria-label={words.region}>
      <div class="entry-bar-line">
        <p class="entry-bar-request" title={`${method} ${url}`}>
          <span class="entry-method" data-method={methodKind(method)}>
            {method}
          </span>{' '}
          {url}
        </p>
        <button
          type="button"
          class="button"
          title={words.editHint}
          onClick={() => {
            editProblem.value = false;
            batch.plan.request(index).then(onEdit, () => (editProblem.value = true));
          }}
        >
          {words.edit}
        </button>
        <button type="button" class="button" title={strings.history.bar.backHint} onClick={onBack}>
          {strings.history.bar.back}
        </button>
      </div>
      <p class="entry-bar-facts">
        <span>{words.place(String(index + 1), String(batch.head.value.total))}</span>
        {row !== undefined && <span>{new Date(row.at).toLocaleString()}</span>}
        {row?.differences != null && (
          <span>{row.differences === 0 ? strings.batches.same : strings.batches.differs(row.differences)}</span>
        )}
      </p>
      {!hasExchange && <p class="entry-bar-note">{isOver ? words.notKept : words.notSent}</p>}
      {hint !== undefined && (
        <p class="entry-bar-note" data-tone="warning">
          {hint}
        </p>
      )}
      {editProblem.value && (
        <p class="entry-bar-note" data-tone="warning">
          {strings.batches.unreadable}
        </p>
      )}
    </section>
  );
}
