import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from '../../../inspect/format.ts';

interface TickingTimeProps {
  /** Milliseconds since the epoch. */
  since: number;
}

const TICK = 100;

/** The seconds since a moment, counting; as wide as it will ever be within a minute. */
export function TickingTime({ since }: TickingTimeProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  const passed = Math.max(0, now - since);
  return <>{passed < 60_000 ? `${(passed / 1000).toFixed(1)} s` : formatDuration(passed)}</>;
}
