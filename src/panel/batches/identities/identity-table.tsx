import { useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../../../inspect/format.ts';
import type { BatchResult, Identity } from '../../../model/batch.ts';
import { useRowWindow } from '../../response/body/use-row-window.ts';
import { statusClass } from '../../response/reason-phrase.ts';
import { strings } from '../../strings.ts';
import { Select } from '../../widgets/fields.tsx';
import { methodKind } from '../../widgets/method-kind.ts';
import type { OpenBatch } from '../batches.ts';
import { judgeAccess } from './verdict.ts';

const words = strings.batches.identities;
/** Pixels; the stylesheet has the same. */
const ROW = 24;

export const identityName = (identity: Identity): string =>
  identity.kind === 'session' ? identity.name : words.names[identity.kind];

interface IdentityTableProps {
  batch: OpenBatch;
  onShow: (index: number) => void;
  onOpen: (index: number) => void;
}

/** Who gets what: requests down, identities across, the strongest first. */
export function IdentityTable({ batch, onShow, onOpen }: IdentityTableProps) {
  const [show, setShow] = useState<'all' | 'flagged'>('all');
  const [active, setActive] = useState<number | null>(null);
  const runner = batch.runner.value;
  const version = runner?.version.value ?? 0;
  const { total } = batch.head.value;
  const { plan } = batch;
  const { identities } = plan;
  const per = identities.length;
  const flagged = useMemo(() => {
    const found = new Set<number>();
    for (const row of runner?.rows ?? []) {
      if (row === undefined) continue;
      const strongest = runner?.rows[plan.baselineOf(row.index) ?? -1];
      if (judgeAccess(row, strongest) === 'same') found.add(Math.floor(row.index / per));
    }
    return found;
  }, [runner, plan, version]);
  const requests = total / Math.max(1, per);
  const listed = useMemo(
    () => (show === 'flagged' ? [...flagged].sort((a, b) => a - b) : Array.from({ length: requests }, (_, at) => at)),
    [show, flagged, requests],
  );
  const { viewport, canvas, from, to, top, reveal } = useRowWindow(listed.length, ROW);

  function choose(index: number | undefined): void {
    if (index === undefined) return;
    setActive(index);
    onShow(index);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && active !== null) {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const step = { ArrowDown: per, ArrowUp: -per, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const place = active === null ? 0 : Math.max(0, listed.indexOf(Math.floor(active / per)));
    const isDown = Math.abs(step) === per && per > 1;
    const next = isDown ? Math.min(listed.length - 1, Math.max(0, place + Math.sign(step))) : place;
    const column = active === null ? 0 : active % per;
    const wanted = isDown || active === null ? column : Math.min(per - 1, Math.max(0, column + step));
    const request = listed[next];
    if (request === undefined) return;
    choose(request * per + wanted);
    reveal(next);
  }

  const visible = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  return (
    <div class="results">
      <div class="results-tools">
        <Select
          class="quiet"
          label={strings.batches.show}
          value={show}
          options={[
            ['all', strings.batches.shows.all],
            ['flagged', words.flagged],
          ]}
          onChange={setShow}
        />
        <span class="capture-count" aria-live="polite">
          {words.flaggedCount(formatCount(flagged.size))}
        </span>
      </div>
      <div
        ref={viewport}
        class="result-grid"
        role="grid"
        aria-label={words.table}
        aria-rowcount={listed.length + 1}
        aria-activedescendant={active === null ? undefined : `access-${active}`}
        style={{ '--result-columns': `36px minmax(88px, 2fr) repeat(${per}, minmax(56px, 1fr))` }}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={(event) => choose(indexAt(event))}
        onDblClick={(event) => {
          const index = indexAt(event);
          if (index !== undefined) onOpen(index);
        }}
      >
        <div class="result-row result-head" role="row" aria-rowindex={1}>
          <span class="result-cell result-index" role="columnheader">
            {strings.batches.columns.index}
          </span>
          <span class="result-cell" role="columnheader">
            {strings.batches.columns.request}
          </span>
          {identities.map((identity, at) => (
            <span key={at} class="result-cell" role="columnheader" title={identityName(identity)}>
              {identityName(identity)}
            </span>
          ))}
        </div>
        {listed.length === 0 && <p class="capture-empty">{words.none}</p>}
        <div class="result-canvas" style={{ height: `${canvas}px` }} role="rowgroup">
          {visible.map((place) => {
            const request = listed[place];
            if (request === undefined) return null;
            const { method, url } = plan.label(request * per);
            const path = url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
            return (
              <div
                key={place % Math.max(1, to - from)}
                class="result-row"
                style={{ top: `${top(place)}px` }}
                role="row"
                aria-rowindex={place + 2}
              >
                <span class="result-cell result-index" role="gridcell">
                  {request + 1}
                </span>
                <span class="result-cell result-request" role="gridcell" title={`${method} ${url}`}>
                  <span class="entry-method" data-method={methodKind(method)}>
                    {method}
                  </span>{' '}
                  {path === '' ? '/' : path}
                </span>
                {identities.map((_, at) => {
                  const index = request * per + at;
                  return (
                    <IdentityCell
                      key={at}
                      index={index}
                      row={runner?.rows[index]}
                      strongest={runner?.rows[request * per]}
                      isActive={index === active}
                    />
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function indexAt(event: MouseEvent): number | undefined {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  return cell === null ? undefined : Number(cell.dataset['index']);
}

interface IdentityCellProps {
  index: number;
  row: BatchResult | undefined;
  strongest: BatchResult | undefined;
  isActive: boolean;
}

function IdentityCell({ index, row, strongest, isActive }: IdentityCellProps) {
  const verdict = judgeAccess(row, strongest);
  const said = row === undefined ? '' : strings.batches.outcomes[row.state];
  return (
    <span
      class="result-cell identity-cell"
      role="gridcell"
      id={`access-${index}`}
      data-index={index}
      data-verdict={verdict ?? ''}
      aria-selected={isActive}
      title={verdict === null ? (row?.error?.message ?? '') : words.verdicts[verdict]}
    >
      {row?.status != null && (
        <span class="status-code entry-status" data-class={statusClass(row.status)}>
          {row.status}
        </span>
      )}
      {said === '' ? (
        <span class="identity-size">{row?.size == null ? '' : formatBytes(row.size)}</span>
      ) : (
        <span class="result-outcome" data-state={row?.state}>
          {row?.state === 'failed' ? (row.error?.name ?? said) : said}
        </span>
      )}
      {verdict !== null && <span class="identity-mark">{words.marks[verdict]}</span>}
    </span>
  );
}
