import { formatBytes, formatCount } from '../../inspect/format.ts';
import { strings } from '../strings.ts';
import type { TransferReply } from './transfer-messages.ts';

const words = strings.collections.transfer;

/** How far a transfer is. */
export function TransferProgress({ heard }: { heard: TransferReply | null }) {
  const progress = heard?.op === 'progress' ? heard : null;
  const { phase = 'reading', done = 0, total = null } = progress ?? {};
  const write = phase === 'reading' ? formatBytes : formatCount;
  return (
    <div class="transfer-progress">
      <p role="status">{words.phases[phase]}</p>
      <progress aria-label={words.progress} {...(total === null ? {} : { max: Math.max(1, total), value: done })} />
      <p class="dim">{total === null ? (done > 0 ? write(done) : ' ') : words.of(write(done), write(total))}</p>
    </div>
  );
}
