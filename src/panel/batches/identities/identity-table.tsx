import { useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../../../inspect/format.ts';
import type { BatchResult, Identity } from '../../../model/batch.ts';
import { strings } from '../../strings.ts';
import type { OpenBatch } from '../batches.ts';
import { exportResults } from '../export-results.ts';
import { Outcome, outcomeHint } from '../outcome.tsx';
import { RequestCell } from '../request-cell.tsx';
import { ResultGrid, resultId } from '../result-grid.tsx';
import { holdsWords, wordsOf, type ResultSource } from '../result-list.ts';
import { ResultTools } from '../result-tools.tsx';
import { judgeAccess } from './verdict.ts';

const words = strings.batches.identities;

export const identityName = (identity: Identity): string =>
  identity.kind === 'session' ? identity.name : words.names[identity.kind];

interface IdentityTableProps {
  batch: OpenBatch;
  onShow: (index: number) => void;
  onOpen: (index: number) => void;
}

const shows = [
  ['all', strings.batches.shows.all],
  ['flagged', words.flagged],
] as const;

/** Who gets what: requests down, identities across, the strongest first. */
export function IdentityTable({ batch, onShow, onOpen }: IdentityTableProps) {
  const [show, setShow] = useState<'all' | 'flagged'>('all');
  const [text, setText] = useState('');
  const runner = batch.runner.value;
  const version = runner?.version.value ?? 0;
  const { total } = batch.head.value;
  const hosts = batch.head.value.hosts.length;
  const { plan } = batch;
  const { identities } = plan;
  const per = identities.length;
  const requests = total / Math.max(1, per);
  const source = useMemo<ResultSource>(() => {
    const row = (index: number): BatchResult | undefined => runner?.rows[index];
    const baseline = (index: number): BatchResult | undefined => row(plan.baselineOf(index) ?? -1);
    return {
      total,
      hasSeveralHosts: hosts > 1,
      row,
      label: (index) => plan.label(index),
      finds: [],
      baseline,
      more: (index) => ({
        identity: identityName(identities[index % per] ?? { kind: 'as-is' }),
        access: judgeAccess(row(index), baseline(index)),
      }),
    };
  }, [runner, plan, total, hosts, identities, per]);
  const flagged = useMemo(() => {
    const found = new Set<number>();
    for (const row of runner?.rows ?? []) {
      if (row !== undefined && judgeAccess(row, source.baseline?.(row.index)) === 'same') {
        found.add(Math.floor(row.index / per));
      }
    }
    return found;
  }, [runner, source, per, version]);
  const listed = useMemo(() => {
    const wanted = wordsOf(text);
    const isWanted = (request: number): boolean =>
      (show === 'all' || flagged.has(request)) &&
      (wanted.length === 0 ||
        identities.some((_, at) => holdsWords(source.label(request * per), source.row(request * per + at), wanted)));
    return Array.from({ length: requests }, (_, at) => at).filter(isWanted);
  }, [show, text, flagged, requests, source, identities, per]);
  return (
    <div class="results">
      <ResultTools
        text={text}
        onText={setText}
        show={show}
        shows={shows}
        onShow={setShow}
        count={runner === null ? '' : words.flaggedCount(formatCount(flagged.size))}
        exported={(format) => {
          const indexes = listed.flatMap((request) => identities.map((_, at) => request * per + at));
          return exportResults(source, indexes, format);
        }}
      />
      <ResultGrid
        label={words.table}
        lines={listed}
        per={per}
        style={{
          '--result-columns': `36px minmax(88px, 2fr) repeat(${per}, minmax(72px, 1fr))`,
          '--result-least': `${36 + 88 + 22}px`,
          '--more': `${per * 78}px`,
        }}
        heads={
          <>
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
          </>
        }
        empty={show === 'flagged' && text === '' ? words.none : strings.batches.emptyFilter}
        cells={(request, active) => (
          <>
            <RequestCell label={source.label(request * per)} withHost={source.hasSeveralHosts} />
            {identities.map((_, at) => {
              const index = request * per + at;
              return (
                <IdentityCell
                  key={at}
                  index={index}
                  row={source.row(index)}
                  strongest={source.row(request * per)}
                  isActive={index === active}
                />
              );
            })}
          </>
        )}
        onShow={onShow}
        onOpen={onOpen}
      />
    </div>
  );
}

interface IdentityCellProps {
  index: number;
  row: BatchResult | undefined;
  strongest: BatchResult | undefined;
  isActive: boolean;
}

function IdentityCell({ index, row, strongest, isActive }: IdentityCellProps) {
  const verdict = judgeAccess(row, strongest);
  return (
    <span
      class="result-cell identity-cell"
      role="gridcell"
      id={resultId(index)}
      data-index={index}
      data-verdict={verdict ?? ''}
      aria-selected={isActive}
      title={verdict === null ? outcomeHint(row) : words.verdicts[verdict]}
    >
      <Outcome row={row} />
      {verdict !== null && words.marks[verdict] !== '' && <span class="identity-mark">{words.marks[verdict]}</span>}
      {row?.state === 'done' && row.size !== null && <span class="identity-size">{formatBytes(row.size)}</span>}
    </span>
  );
}
