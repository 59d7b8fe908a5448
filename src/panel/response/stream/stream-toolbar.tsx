import { Pause, Play, RotateCcw } from 'lucide';
import { useContext } from 'preact/hooks';
import { formatBytes, formatCount } from '../../../inspect/format.ts';
import type { StreamKind } from '../../../inspect/stream/record-scanner.ts';
import type { StreamState } from '../../../inspect/stream/stream-row.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { previewStrings } from '../../preview-strings.ts';
import { strings } from '../../strings.ts';
import { FilterField } from '../../widgets/filter-field.tsx';
import { IconButton } from '../../widgets/icon-button.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { CopyButton } from '../copy-button.tsx';
import type { CopySource } from '../use-copy.ts';
import type { OpenStream } from './open-stream.ts';
import { StreamContext } from './stream-actions.ts';

interface StreamToolbarProps {
  stream: OpenStream;
  state: StreamState;
  snapshot: ExchangeSnapshot;
  kind: StreamKind;
  query: string;
  onQuery: (query: string) => void;
  /** Rows that came since the list was made to stand still; null when it does not. */
  behind: number | null;
  onPause: (on: boolean) => void;
}

const words = previewStrings.stream;
/** More would block the page for longer than one wants to wait for a copy. Bytes. */
const COPY_LIMIT = 64 * 1024 * 1024;

/** Filter, count, and what can be done with the stream. */
export function StreamToolbar(props: StreamToolbarProps) {
  const { stream, state, snapshot, kind, query, onQuery, behind, onPause } = props;
  const { reconnect } = useContext(StreamContext);
  const isSse = kind === 'sse';
  const id = state.lastId ?? '';
  return (
    <div class="stream-toolbar">
      <FilterField
        class="filter"
        label={isSse ? words.filterEvents : words.filterLines}
        placeholder={words.filterPlaceholder}
        hint={words.filterHint}
        value={query}
        onInput={onQuery}
      />
      <span class="count">{countWords(props)}</span>
      {behind !== null && <span class="stream-behind">{words.behind(formatCount(behind))}</span>}
      <span class="spring" />
      {isSse && state.lastId !== null && (
        <span class="count stream-last-id" title={words.lastIdHint}>
          {words.lastId(id)}
        </span>
      )}
      {isSse && state.done && snapshot.state === 'done' && reconnect !== null && snapshot.isCaptured !== true && (
        <button
          type="button"
          class="text-button"
          title={words.reconnectHint(id, state.retry === null ? null : formatCount(state.retry))}
          onClick={() => reconnect(id)}
        >
          <Icon of={RotateCcw} size={12} /> {words.reconnect}
        </button>
      )}
      {(!state.done || behind !== null) && (
        <IconButton
          icon={behind === null ? Pause : Play}
          label={words.pause}
          hint={behind === null ? words.pauseHint : words.resumeHint}
          pressed={behind !== null}
          onClick={() => onPause(behind === null)}
        />
      )}
      <CopyButton
        label={isSse ? words.copyEvents : words.copyLines}
        hint={query === '' ? words.copyHint : words.copyFilteredHint}
        source={() => copySource(stream)}
      />
    </div>
  );
}

function countWords({ state, kind, query }: StreamToolbarProps): string {
  const all = formatCount(state.records);
  const count = kind === 'sse' ? words.events(all, state.records === 1) : words.lines(all, state.records === 1);
  if (query === '') return count;
  const shown = formatCount(state.rows);
  return words.ofAll(state.limited ? words.atLeast(shown) : shown, count, state.filtering);
}

async function copySource(stream: OpenStream): Promise<CopySource> {
  const text = await stream.copy(COPY_LIMIT);
  return text === null ? { problem: strings.responseBody.copyTooBig(formatBytes(COPY_LIMIT)) } : { text };
}
