import { useEffect, useState } from 'preact/hooks';
import type { ExchangeSnapshot } from '../../state/exchange.ts';

/** A body that takes longer is worth watching; one that is quicker would only flicker. Milliseconds. */
const SLOW = 500;

/** Whether the shown body was seen arriving for a while: it is then looked at as it comes, to its end and behind. */
export function useWentLive({ live, state, startedAt }: ExchangeSnapshot): boolean {
  const [liveAt, setLiveAt] = useState<number | null>(null);
  const isArriving = live !== null && state === 'running';
  useEffect(() => {
    if (!isArriving) return undefined;
    const timer = setTimeout(() => setLiveAt(startedAt), SLOW);
    return () => clearTimeout(timer);
  }, [isArriving, startedAt]);
  return liveAt !== null && liveAt === startedAt;
}
