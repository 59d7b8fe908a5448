import { useEffect, useRef, useState } from 'preact/hooks';
import type { ExchangeSnapshot } from '../state/exchange.ts';

/** How long the response before may stand while the next one is awaited, in ms: below it, emptying the pane is a flicker. */
const PATIENCE = 100;

/**
 * The snapshot whose details are shown: the one before while a new exchange has nothing to show yet, so that a quick
 * answer replaces a quick answer without the pane going empty in between. The status tells the truth meanwhile.
 */
export function useSettled(snapshot: ExchangeSnapshot): ExchangeSnapshot {
  const shown = useRef(snapshot);
  const [impatientFor, setImpatientFor] = useState<number | null>(null);
  const { startedAt } = snapshot;
  const isBlank =
    snapshot.state === 'running' && snapshot.head === null && snapshot.hops.every(({ error }) => error === null);
  const mayWait = isBlank && shown.current.state === 'done' && impatientFor !== startedAt;
  useEffect(() => {
    if (!mayWait) return undefined;
    const timer = setTimeout(() => setImpatientFor(startedAt), PATIENCE);
    return () => clearTimeout(timer);
  }, [mayWait, startedAt]);
  if (!mayWait) shown.current = snapshot;
  return shown.current;
}
