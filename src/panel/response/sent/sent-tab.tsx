import { useState } from 'preact/hooks';
import type { Hop } from '../../../model/exchange.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { Select } from '../../widgets/fields.tsx';
import { statusText } from '../reason-phrase.ts';
import { SentColumn } from './sent-column.tsx';
import { sentViews } from './sent-views.ts';

const words = strings.sent;

/** Composed, prepared and sent side by side, and how each differs from the one before. */
export function SentTab({ snapshot }: { snapshot: ExchangeSnapshot }) {
  const [chosen, setChosen] = useState<{ readonly startedAt: number | null; readonly index: number } | null>(null);
  const { hops, startedAt, composed } = snapshot;
  if (composed === null && hops.length === 0) return <p class="pane-hint tab-hint">{words.nothing}</p>;
  const wanted = chosen !== null && chosen.startedAt === startedAt ? chosen.index : undefined;
  const hop = hops.find(({ index }) => index === wanted) ?? hops.at(-1) ?? null;
  const { columns, rowCount } = sentViews(snapshot, hop);
  return (
    <>
      {hops.length > 1 && hop !== null && (
        <div class="body-toolbar">
          <span class="tool-label" aria-hidden="true">
            {words.hop}
          </span>
          <Select
            label={words.hop}
            hint={words.hopHint}
            class="quiet wide"
            value={String(hop.index)}
            options={hops.map((known) => [String(known.index), hopName(known)] as const)}
            onChange={(index) => setChosen({ startedAt, index: Number(index) })}
          />
        </div>
      )}
      <div class="tab-scroll">
        <div class="sent-grid" style={{ '--rows': rowCount }}>
          {columns.map((column) => (
            <SentColumn key={column.name} column={column} />
          ))}
        </div>
      </div>
    </>
  );
}

function hopName({ index, request, response, error }: Hop): string {
  const outcome = response ? statusText(response.status, response.reason) : (error?.name ?? '');
  return `${index + 1} · ${request.method} ${request.url} · ${outcome}`;
}
