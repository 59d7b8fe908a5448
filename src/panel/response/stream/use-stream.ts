import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { StreamKind } from '../../../inspect/stream/record-scanner.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { openStream, type OpenStream } from './open-stream.ts';
import { StreamContext } from './stream-actions.ts';

/** Opens a body as a stream: while it arrives, or when it is whole. What was opened early goes on to the end. */
export function useStream(
  snapshot: ExchangeSnapshot,
  whole: Blob | null,
  kind: StreamKind,
  charset: string,
): OpenStream | null {
  const actions = useContext(StreamContext);
  const [stream, setStream] = useState<OpenStream | null>(null);
  const { live, startedAt } = snapshot;
  const key = `${startedAt} ${kind} ${charset} ${live ?? ''}`;
  const opened = useRef({ key: '', isLive: false });
  if (opened.current.key !== key)
    opened.current = { key, isLive: live !== null && snapshot.state === 'running' && whole === null };
  const { isLive } = opened.current;

  useEffect(() => {
    if (!isLive && whole === null) {
      setStream(null);
      return undefined;
    }
    const next = openStream({
      kind,
      charset,
      read: isLive && live !== null ? (from) => actions.readLive(live, from) : null,
      blob: isLive ? null : whole,
      arrivals: isLive ? [] : snapshot.arrivals,
    });
    setStream(next);
    return () => next.close();
  }, [key, isLive ? null : whole]);

  useEffect(() => {
    if (isLive && whole !== null && stream !== null) stream.finish(whole, snapshot.arrivals);
  }, [isLive, whole, stream]);
  return stream;
}
