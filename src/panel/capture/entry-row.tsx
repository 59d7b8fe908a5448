import { Check, CircleDashed, EqualNot, Pin, X, type IconNode } from 'lucide';
import { formatBytes, formatDuration } from '../../inspect/format.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import { statusClass } from '../response/reason-phrase.ts';
import { useSecretMask } from '../response/secrets-context.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import { methodKind } from '../widgets/method-kind.ts';
import { hostOf } from './filter.ts';
import type { Replay } from './replays.ts';

const words = strings.capture;

interface EntryRowProps {
  entry: CapturedEntry;
  pinned: boolean;
  replay: Replay | undefined;
  /** Host of the page; other hosts are named. */
  pageHost: string;
}

/** One captured request on one line. Columns beyond method, URL and status show where there is room for them. */
export function EntryRow({ entry, pinned, replay, pageHost }: EntryRowProps) {
  const { method, kind, status, sizes, duration } = entry;
  const mask = useSecretMask();
  const url = mask.url(entry.url);
  const initiator = mask.url(entry.initiator);
  const size = sizes.content ?? sizes.transferred;
  const host = hostOf(entry.url);
  const authority = /^[a-z]+:\/\/([^/?]*)/i.exec(url)?.[1] ?? host;
  const path = url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const named = kind === 'websocket' || kind === 'eventsource' || kind === 'preflight';
  return (
    <span class="entry" title={`${method} ${url}${initiator === '' ? '' : `\n${words.bar.initiator}: ${initiator}`}`}>
      <span class="entry-method" data-method={methodKind(method)}>
        {method}
      </span>{' '}
      <span class="entry-url">
        {pinned && <Icon of={Pin} size={10} class="entry-pin" />}
        {host !== pageHost && <span class="entry-host">{authority}</span>}
        <span class="entry-path">{path === '' ? '/' : path}</span>
      </span>{' '}
      {named && <span class="entry-kind">{words.kinds[kind]} </span>}
      {replay !== undefined && <Verdict replay={replay} />}
      <span class="entry-status status-code" data-class={status === 0 ? 'error' : statusClass(status)}>
        {status === 0 ? words.failed : status}
      </span>
      <span class="entry-more entry-type" aria-hidden="true">
        {words.kinds[kind]}
      </span>
      <span class="entry-more entry-size" aria-hidden="true">
        {size === null ? '' : formatBytes(size)}
      </span>
      <span class="entry-more entry-time" aria-hidden="true">
        {duration === null ? words.open : formatDuration(duration)}
      </span>
      <span class="entry-more entry-initiator" aria-hidden="true">
        {initiator.replace(/^.*\/(?=[^/]+$)/, '')}
      </span>
    </span>
  );
}

type Outcome = keyof typeof words.replayed;

const outcomeIcons: Readonly<Record<Outcome, IconNode>> = {
  running: CircleDashed,
  identical: Check,
  different: EqualNot,
  failed: X,
};

export function outcomeOf({ snapshot, fidelity }: Replay): Outcome {
  if (snapshot.state === 'running' || (fidelity === null && snapshot.error === null)) return 'running';
  if (fidelity === null || snapshot.error !== null) return 'failed';
  return fidelity.identical ? 'identical' : 'different';
}

function Verdict({ replay }: { replay: Replay }) {
  const outcome = outcomeOf(replay);
  return (
    <span class="entry-verdict" data-outcome={outcome} title={words.replayed[outcome]}>
      <Icon of={outcomeIcons[outcome]} size={12} />
      <span class="sr-only">{words.replayed[outcome]} </span>
    </span>
  );
}
