import { X } from 'lucide';
import { useEffect } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import type { SessionSettings } from '../../model/session.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import type { OverControls } from '../over.ts';
import type { Stage } from '../stage.ts';
import { strings } from '../strings.ts';
import { onEscape } from '../widgets/escape.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchSetup } from './batch-setup.tsx';
import './batches.css';
import type { Batches, OpenBatch } from './batches.ts';
import { IdentityTable } from './identities/identity-table.tsx';
import { Results } from './results.tsx';
import { stagedResult } from './staged-result.tsx';

const words = strings.batches;

interface BatchViewProps {
  batches: Batches;
  batch: OpenBatch;
  /** What is said of those that could not be taken; null: all were. */
  leftOut: string | null;
  sessions: readonly SessionSettings[];
  stage: Stage;
  defaults: () => readonly string[];
  controls: OverControls;
  onEdit: (request: RequestSpec) => void;
}

/** A batch in the place of the request: how it is sent, how far it has come, what came of it. */
export function BatchView({ batches, batch, leftOut, sessions, stage, defaults, controls, onEdit }: BatchViewProps) {
  const head = batch.head.value;
  const runner = batch.runner.value;
  useEffect(
    () =>
      onEscape(() => {
        if (runner?.state.value !== 'running') return false;
        runner.stop();
        return true;
      }),
    [runner],
  );

  async function show(index: number): Promise<void> {
    stage.staged.value = await stagedResult({
      batch,
      index,
      defaults: defaults(),
      onEdit,
      onBack: () => (stage.staged.value = null),
    });
  }

  const table = {
    batch,
    onShow: (index: number) => void show(index),
    onOpen: (index: number) => {
      void show(index);
      controls.showResponse();
    },
  };

  return (
    <section class="batch" aria-label={strings.batchesStart.view}>
      <header class="batch-head">
        <h2 class="batch-title" title={head.title}>
          {head.title}
        </h2>
        <IconButton icon={X} label={words.back} hint={words.backHint} onClick={() => batches.hide()} />
      </header>
      <p class="batch-facts">
        {words.facts(formatCount(head.total), head.hosts.length, new Date(head.createdAt).toLocaleString())}
      </p>
      {leftOut !== null && <p class="capture-note">{leftOut}</p>}
      {batch.isElsewhere && <p class="capture-note">{words.elsewhere}</p>}
      {batch.wasInterrupted && runner?.state.value === 'paused' && <p class="capture-note">{words.interrupted}</p>}
      {runner === null ? (
        <BatchSetup batch={batch} sessions={sessions} />
      ) : (
        <BatchProgress runner={runner} total={head.total} canRun={!batch.isElsewhere} />
      )}
      {batch.plan.identities.length > 0 ? <IdentityTable {...table} /> : <Results {...table} />}
    </section>
  );
}
