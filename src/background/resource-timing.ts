import type { Phases } from '../model/exchange.ts';

/** What the browser measured of one hop. Milliseconds and bytes. */
export interface HopTiming {
  phases: Phases;
  sizes: { transferred: number; encoded: number; decoded: number };
  /** ALPN name: `http/1.1`, `h2`, `h3`; empty when the browser does not tell. */
  protocol: string;
}

/** The entry is queued when the body has ended: it comes a little later than the end of the stream. */
const GRACE = 150;

const waiting = new Map<string, (entry: PerformanceResourceTiming) => void>();

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const hash = entry.name.lastIndexOf('#');
    waiting.get(entry.name.slice(hash + 1))?.(entry as PerformanceResourceTiming);
  }
  // The buffer holds 250 entries and then takes no more.
  performance.clearResourceTimings();
}).observe({ type: 'resource' });

/**
 * Listens for the measurements of the hop whose URL ends in `#token`. Call it before the fetch. Who is not patient gets
 * what has come.
 */
export function watchTiming(token: string): { measured(patient: boolean): Promise<HopTiming | null>; end(): void } {
  let entry: PerformanceResourceTiming | null = null;
  const arrived = Promise.withResolvers<void>();
  waiting.set(token, (found) => {
    entry = found;
    arrived.resolve();
  });
  return {
    async measured(patient) {
      if (!patient) return entry === null ? null : read(entry);
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([arrived.promise, new Promise<void>((resolve) => (timer = setTimeout(resolve, GRACE)))]);
      clearTimeout(timer);
      return entry === null ? null : read(entry);
    },
    end: () => void waiting.delete(token),
  };
}

function read(entry: PerformanceResourceTiming): HopTiming | null {
  // Without permission to look, every time but start and end is zero.
  if (entry.requestStart === 0) return null;
  const between = (from: number, to: number): number => (from === 0 || to === 0 ? 0 : Math.max(0, to - from));
  const secure = entry.secureConnectionStart;
  return {
    phases: {
      queued: between(entry.startTime, entry.domainLookupStart || entry.connectStart || entry.requestStart),
      dns: between(entry.domainLookupStart, entry.domainLookupEnd),
      connect: between(entry.connectStart, secure || entry.connectEnd),
      tls: secure === 0 ? 0 : between(secure, entry.connectEnd),
      waiting: between(entry.requestStart, entry.responseStart),
      download: between(entry.responseStart, entry.responseEnd),
    },
    sizes: {
      transferred: entry.transferSize,
      encoded: entry.encodedBodySize,
      decoded: entry.decodedBodySize,
    },
    protocol: entry.nextHopProtocol,
  };
}
