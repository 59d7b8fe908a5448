import type { Hop, Phases } from '../../../model/exchange.ts';

export const phaseNames = [
  'queued',
  'dns',
  'connect',
  'tls',
  'waiting',
  'download',
] as const satisfies readonly (keyof Phases)[];

/** `hop`: the time of a hop whose phases the browser does not tell. `pause`: the wait before a retry. */
type SegmentKind = keyof Phases | 'hop' | 'pause';

export interface Segment {
  readonly kind: SegmentKind;
  /** Milliseconds since the beginning of the exchange. */
  readonly start: number;
  readonly length: number;
}

export interface WaterfallRow {
  readonly hop: Hop;
  readonly start: number;
  readonly end: number;
  readonly segments: readonly Segment[];
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  /** Milliseconds that the whole picture covers; never 0. */
  readonly span: number;
}

/** Where the time of an exchange went, hop by hop. */
export function waterfall(hops: readonly Hop[], duration: number | null): Waterfall {
  const [first] = hops;
  const began = first === undefined ? 0 : first.startedAt;
  const rows = hops.map((hop) => row(hop, hop.startedAt - began));
  return { rows, span: Math.max(1, duration ?? 0, ...rows.map(({ end }) => end)) };
}

function row(hop: Hop, start: number): WaterfallRow {
  const segments: Segment[] = hop.waited > 0 ? [{ kind: 'pause', start: start - hop.waited, length: hop.waited }] : [];
  let end = start;
  const { phases } = hop;
  if (phases === null) {
    segments.push({ kind: 'hop', start, length: hop.duration ?? 0 });
    end += hop.duration ?? 0;
  } else {
    for (const kind of phaseNames) {
      const length = Math.max(0, phases[kind]);
      if (length > 0) segments.push({ kind, start: end, length });
      end += length;
    }
  }
  return { hop, start, end, segments };
}
