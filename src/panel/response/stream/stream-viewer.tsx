import { useEffect, useRef, useState } from 'preact/hooks';
import type { StreamKind } from '../../../inspect/stream/record-scanner.ts';
import type { StreamState } from '../../../inspect/stream/stream-row.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { previewStrings } from '../../preview-strings.ts';
import { strings } from '../../strings.ts';
import { onEscape } from '../../widgets/escape.ts';
import type { OpenStream } from './open-stream.ts';
import { StreamDetailPane } from './stream-detail.tsx';
import { StreamList } from './stream-list.tsx';
import { StreamToolbar } from './stream-toolbar.tsx';
import './stream.css';
import { useStream } from './use-stream.ts';

interface StreamViewerProps {
  snapshot: ExchangeSnapshot;
  /** The body when all of it is here. */
  whole: Blob | null;
  kind: StreamKind;
  charset: string;
}

const words = previewStrings.stream;

/** A body as the events or lines that it consists of, while it arrives and afterwards. */
export function StreamViewer({ snapshot, whole, kind, charset }: StreamViewerProps) {
  const stream = useStream(snapshot, whole, kind, charset);
  const state = stream?.state.value ?? null;
  if (stream === null || state === null) {
    const failure = stream?.failure.value ?? null;
    return (
      <p class="pane-hint body-empty">{failure === null ? words.opening : strings.responseBody.unreadable(failure)}</p>
    );
  }
  return <ShownStream key={snapshot.startedAt} stream={stream} state={state} snapshot={snapshot} kind={kind} />;
}

interface ShownStreamProps {
  stream: OpenStream;
  state: StreamState;
  snapshot: ExchangeSnapshot;
  kind: StreamKind;
}

function ShownStream({ stream, state, snapshot, kind }: ShownStreamProps) {
  const root = useRef<HTMLDivElement>(null);
  /** How many rows there were when the list was made to stand still. */
  const [frozen, setFrozen] = useState<number | null>(null);
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const rows = frozen === null ? state.rows : Math.min(frozen, state.rows);

  useEffect(() => {
    if (query !== '') stream.filter(query);
  }, [stream]);
  const close = (): void => {
    setSelected(null);
    root.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  };
  useEffect(
    () =>
      onEscape(() => {
        if (selected === null || !root.current?.contains(document.activeElement)) return false;
        close();
        return true;
      }),
    [selected],
  );

  return (
    <div class="stream" ref={root}>
      <StreamToolbar
        stream={stream}
        state={state}
        snapshot={snapshot}
        kind={kind}
        query={query}
        onQuery={(next) => {
          setQuery(next);
          setSelected(null);
          setFrozen(null);
          stream.filter(next);
        }}
        behind={frozen === null ? null : state.rows - rows}
        onPause={(on) => setFrozen(on ? state.rows : null)}
      />
      {state.rows === 0 ? (
        <p class="pane-hint body-empty">{emptyWords(state, query)}</p>
      ) : (
        <StreamList
          stream={stream}
          state={state}
          rows={rows}
          kind={kind}
          follow={!state.done && frozen === null}
          selected={selected}
          onSelect={setSelected}
        />
      )}
      {selected !== null && <StreamDetailPane stream={stream} row={selected} kind={kind} onClose={close} />}
    </div>
  );
}

function emptyWords({ done, filtering }: StreamState, query: string): string {
  if (query !== '') return filtering ? words.searching : words.noMatch(query);
  return done ? words.none : words.waiting;
}
