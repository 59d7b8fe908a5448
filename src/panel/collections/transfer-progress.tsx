import { formatBytes, formatCount } from '../../inspect/format.ts';
import { strings } from '../strings.ts';
import { JobProgress } from '../workers/job-progress.tsx';
import type { TransferReply } from './transfer-messages.ts';

const { phases } = strings.collections.transfer;

/** How far a transfer is. */
export function TransferProgress({ heard }: { heard: TransferReply | null }) {
  const progress = heard?.op === 'progress' ? heard : null;
  const { phase = 'reading', done = 0, total = null } = progress ?? {};
  const write = phase === 'reading' ? formatBytes : formatCount;
  return <JobProgress text={phases[phase]} done={done} total={total} write={write} />;
}
