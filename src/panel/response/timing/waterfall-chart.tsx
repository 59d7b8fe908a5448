import { formatDuration } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { useSecretMask } from '../secrets-context.ts';
import { phaseNames, type Segment, type Waterfall } from './waterfall.ts';

const words = strings.timing;
const SCALE_STEPS = [0, 0.25, 0.5, 0.75, 1];

/** The picture; the table under it says the same in numbers, so it is hidden from assistive technology. */
export function WaterfallChart({ picture: { rows, span } }: { picture: Waterfall }) {
  const mask = useSecretMask();
  const used = new Set(rows.flatMap(({ segments }) => segments.map(({ kind }) => kind)));
  const kinds = [...phaseNames, 'hop', 'pause'] as const;
  return (
    <figure class="waterfall" aria-hidden="true">
      <div class="waterfall-row waterfall-scale">
        <span />
        <span class="waterfall-track">
          {SCALE_STEPS.map((step) => (
            <span key={step} class="waterfall-tick" style={{ left: `${step * 100}%` }} data-last={step === 1}>
              {formatDuration(span * step)}
            </span>
          ))}
        </span>
      </div>
      {rows.map(({ hop, segments }) => (
        <div key={hop.index} class="waterfall-row">
          <span class="waterfall-name" title={mask.url(hop.request.url)}>
            {hop.index + 1} {hop.request.method} {hostOf(hop.request.url)}
          </span>
          <span class="waterfall-track">
            {segments.map((segment) => (
              <Bar key={segment.kind} segment={segment} span={span} />
            ))}
          </span>
        </div>
      ))}
      <figcaption class="waterfall-legend">
        {kinds
          .filter((kind) => used.has(kind))
          .map((kind) => (
            <span key={kind} class="legend-entry">
              <span class="legend-colour" data-phase={kind} /> {kindWords(kind)}
            </span>
          ))}
      </figcaption>
    </figure>
  );
}

function Bar({ segment: { kind, start, length }, span }: { segment: Segment; span: number }) {
  return (
    <span
      class="waterfall-bar"
      data-phase={kind}
      title={`${kindWords(kind)}: ${formatDuration(length)}`}
      style={{ left: `${(start / span) * 100}%`, width: `${(length / span) * 100}%` }}
    />
  );
}

function kindWords(kind: Segment['kind']): string {
  if (kind === 'hop') return words.noPhases;
  return kind === 'pause' ? words.paused : words.phases[kind];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
