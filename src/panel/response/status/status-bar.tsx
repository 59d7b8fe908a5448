import type { ComponentChildren } from 'preact';
import { formatBytes, formatCount, formatDuration } from '../../../inspect/format.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { statusClass, statusText } from '../reason-phrase.ts';
import { useSecretMask } from '../secrets-context.ts';
import { TickingTime } from './ticking-time.tsx';

const words = strings.response.status;

interface StatusBarProps {
  snapshot: ExchangeSnapshot;
}

/** How the exchange stands, on one line that keeps its height from the first byte to the last. */
export function StatusBar({ snapshot }: StatusBarProps) {
  const { state, head, error } = snapshot;
  const mask = useSecretMask();
  return (
    <div class="status-bar" data-state={state}>
      <p class="status-line" role="status">
        {head !== null && (
          <span
            class="status-code"
            data-class={statusClass(head.status)}
            title={head.reason === '' ? words.noReason : undefined}
          >
            {statusText(head.status, head.reason)}
          </span>
        )}
        {state === 'idle' && <span class="dim">{words.idle}</span>}
        {state === 'running' && head === null && <Phase snapshot={snapshot} />}
        {error !== null && (
          <>
            {head !== null && ' · '}
            <strong class="status-error">{error.name}</strong>
            <span class="sr-only">: {mask.text(error.message)}</span>
          </>
        )}
      </p>
      <dl class="status-facts">
        <Facts snapshot={snapshot} />
      </dl>
      {state === 'running' && <ProgressBar snapshot={snapshot} />}
    </div>
  );
}

/** Of a smaller body nobody sees the sending. Bytes. */
const LONG_TO_SEND = 256 * 1024;

function Phase({ snapshot: { prepared, progress, waiting, hops } }: StatusBarProps) {
  const { size } = (hops.at(-1)?.request ?? prepared)?.body ?? { size: null };
  // No browser tells the progress of an upload by fetch (https://github.com/whatwg/fetch/issues/607), nor its end.
  const isUntold = progress === null && size !== null && size >= LONG_TO_SEND;
  const phase = (): string => {
    if (prepared === null) return words.preparing;
    if (waiting !== null) return words.retrying(formatDuration(waiting.wait), waiting.attempt);
    if (isUntold) return words.sending(formatBytes(size));
    return progress?.phase === 'upload' && progress.loaded !== progress.total ? words.uploading : words.waiting;
  };
  return (
    <span class="status-phase" title={isUntold ? words.sendingHint : undefined}>
      {phase()}
    </span>
  );
}

function Facts({ snapshot }: StatusBarProps) {
  const { state, head, hops, body, elapsed, duration, startedAt, progress } = snapshot;
  const hop = hops.at(-1);
  const protocol = hop?.response?.httpVersion ?? head?.httpVersion ?? null;
  return (
    <>
      {state === 'running' && startedAt !== null && (
        <Fact name={words.time} class="fact-time">
          <TickingTime since={startedAt} />
        </Fact>
      )}
      {state === 'done' && elapsed !== null && head !== null && (
        <Fact
          name={words.elapsed}
          hint={words.elapsedHint(formatDuration(elapsed), formatDuration(duration ?? elapsed))}
        >
          {formatDuration(elapsed)}
        </Fact>
      )}
      {state === 'running' && progress !== null && progress.loaded > 0 && (
        <Fact name={progress.phase === 'download' ? words.received : words.sentSoFar} class="fact-bytes">
          {progress.total === null
            ? formatBytes(progress.loaded)
            : words.ofTotal(formatBytes(progress.loaded), formatBytes(progress.total))}
        </Fact>
      )}
      {state === 'done' && body !== null && (
        <Fact name={words.size} hint={words.sizeHint(formatCount(body.size))}>
          {formatBytes(body.size)}
        </Fact>
      )}
      {head !== null && protocol !== null && <Fact name={words.protocol}>{protocolName(protocol)}</Fact>}
      {hop?.ip && (
        <Fact name={words.address} hint={`${words.address}: ${hop.ip}`} class="fact-address">
          {hop.ip}
        </Fact>
      )}
      {hop?.fromCache === true && <Fact name={words.cached} hint={words.cachedHint} isFlag />}
      {hops.length > 1 && <Fact name={words.hops(hops.length)} hint={words.hopsHint} class="fact-hops" isFlag />}
    </>
  );
}

interface FactProps {
  name: string;
  hint?: string;
  class?: string;
  /** The name says it all. */
  isFlag?: boolean;
  children?: ComponentChildren;
}

function Fact({ name, hint, class: className, isFlag, children }: FactProps) {
  return (
    <div class={`fact ${className ?? ''}`} title={hint ?? name}>
      <dt class={isFlag === true ? undefined : 'sr-only'}>{name}</dt>
      <dd class={isFlag === true ? 'sr-only' : undefined}>{isFlag === true ? (hint ?? name) : children}</dd>
    </div>
  );
}

/** Names as people write them; resource timing says `h2`. */
export function protocolName(protocol: string): string {
  return (
    { h2: 'HTTP/2', h3: 'HTTP/3', 'http/1.0': 'HTTP/1.0', 'http/1.1': 'HTTP/1.1' }[protocol.toLowerCase()] ?? protocol
  );
}

function ProgressBar({ snapshot: { progress } }: StatusBarProps) {
  const share = progress === null || progress.total === null ? null : progress.loaded / Math.max(progress.total, 1);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={words.progress}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      data-indeterminate={share === null}
    >
      <div class="progress-done" style={{ width: share === null ? undefined : `${Math.min(1, share) * 100}%` }} />
    </div>
  );
}
