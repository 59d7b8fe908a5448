import { FileX, Pin } from 'lucide';
import { formatBytes, formatDuration } from '../../inspect/format.ts';
import type { HistoryEntry } from '../../model/history.ts';
import { statusClass } from '../response/reason-phrase.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import { methodKind } from '../widgets/method-kind.ts';

const words = strings.history;

/** Made once: making it anew for each row is what a scrolled list would be slow by. */
const timeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** One recorded exchange on one line. Columns beyond method, URL and status show where there is room for them. */
export function HistoryRow({ entry }: { entry: HistoryEntry }) {
  const { method, url, status, error, size, duration, pinned, bodies, at } = entry;
  const host = /^[a-z]+:\/\/([^/?]*)/i.exec(url)?.[1] ?? '';
  const path = url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  return (
    <span class="entry" title={`${method} ${url}\n${timeFormat.format(at)}`}>
      <span class="entry-method" data-method={methodKind(method)}>
        {method}
      </span>{' '}
      <span class="entry-url">
        {pinned && <Icon of={Pin} size={10} class="entry-pin" />}
        <span class="entry-host">{host}</span>
        {path === '' ? '/' : path}
      </span>{' '}
      {bodies !== 'none' && bodies !== 'kept' && (
        <span class="entry-verdict" title={words.bodies[bodies]}>
          <Icon of={FileX} size={12} />
          <span class="sr-only">{words.bodiesMark[bodies]} </span>
        </span>
      )}
      <span
        class="entry-status status-code"
        data-class={status === null ? 'error' : statusClass(status)}
        title={error ?? ''}
      >
        {status ?? words.failed}
      </span>
      <span class="entry-more entry-size" aria-hidden="true">
        {size === null ? '' : formatBytes(size)}
      </span>
      <span class="entry-more entry-time" aria-hidden="true">
        {formatDuration(duration)}
      </span>
    </span>
  );
}
