import { Pause, Play, RotateCcw, Square } from 'lucide';
import { useRef } from 'preact/hooks';
import { formatCount } from '../../inspect/format.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import type { Runner } from './runner.ts';

const words = strings.batches;

interface BatchProgressProps {
  runner: Runner;
  total: number;
  canRun: boolean;
}

/** How far a batch has come, and the buttons that move it. */
export function BatchProgress({ runner, total, canRun }: BatchProgressProps) {
  const state = runner.state.value;
  const { done, failed, unknown, different, inFlight } = runner.counts.value;
  const rate = useRate(done, state === 'running');
  const isRunning = state === 'running';
  const unfinished = failed + unknown;
  return (
    <div class="batch-progress">
      <progress class="batch-bar" aria-label={words.progress} max={total} value={done} />
      <p class="batch-summary" role="status" aria-live="off">
        <span class="batch-state" data-state={state}>
          {words.states[state]}
        </span>
        <span>{words.summary(formatCount(done), formatCount(total))}</span>
        {inFlight > 0 && <span>{words.counts.inFlight(formatCount(inFlight))}</span>}
        {different > 0 && <span class="batch-different">{words.counts.different(formatCount(different))}</span>}
        {failed > 0 && <span class="batch-failed">{words.counts.failed(formatCount(failed))}</span>}
        {unknown > 0 && <span class="batch-failed">{words.counts.unknown(formatCount(unknown))}</span>}
        {isRunning && rate !== null && <span>{words.counts.rate(rate)}</span>}
      </p>
      {runner.trouble.value !== null && (
        <p class="field-problem" role="alert">
          {words.trouble(runner.trouble.value)}
        </p>
      )}
      {canRun && (
        <div class="batch-buttons">
          {isRunning && (
            <button type="button" class="button" title={words.pauseHint} onClick={() => runner.pause()}>
              <Icon of={Pause} size={12} /> {words.pause}
            </button>
          )}
          {!isRunning && state !== 'done' && (
            <button type="button" class="button button-strong" title={words.resumeHint} onClick={() => runner.run()}>
              <Icon of={Play} size={12} /> {words.resume}
            </button>
          )}
          {(isRunning || inFlight > 0) && (
            <button type="button" class="button" title={words.stopHint} onClick={() => runner.stop()}>
              <Icon of={Square} size={12} /> {words.stop}
            </button>
          )}
          {!isRunning && inFlight === 0 && unfinished > 0 && (
            <button
              type="button"
              class="button"
              title={words.againHint}
              onClick={() => runner.again(runner.unfinished())}
            >
              <Icon of={RotateCcw} size={12} /> {words.again(formatCount(unfinished))}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** Results in a second, over the last seconds; null until that can be said. */
function useRate(done: number, isRunning: boolean): string | null {
  const seen = useRef<{ at: number; done: number }[]>([]);
  if (!isRunning) {
    seen.current = [];
    return null;
  }
  const now = performance.now();
  seen.current = [...seen.current.filter(({ at }) => at > now - 5000), { at: now, done }];
  const [first] = seen.current;
  if (first === undefined || now - first.at < 900) return null;
  const rate = ((done - first.done) * 1000) / (now - first.at);
  return rate < 10 ? rate.toFixed(1) : formatCount(Math.round(rate));
}
