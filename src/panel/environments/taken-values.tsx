import { CircleAlert, Eye, EyeOff, Variable } from 'lucide';
import { useState } from 'preact/hooks';
import { MASK } from '../../model/secrets.ts';
import type { ExchangeSnapshot } from '../state/exchange.ts';
import { isLive, type Taken, type TakenState } from '../state/extraction.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';

const words = strings.extract;

interface TakenValuesProps {
  snapshot: ExchangeSnapshot;
  taken: TakenState | undefined;
}

/** What was taken out of the response, and what could not be. It has its place from the beginning, so that nothing jumps. */
export function TakenValues({ snapshot, taken }: TakenValuesProps) {
  const isOf = taken?.of === snapshot;
  const names = (snapshot.composed?.extract ?? []).filter(isLive).map(({ name }) => name.trim());
  if (names.length === 0 || (snapshot.state !== 'running' && !isOf)) return null;
  const rows = isOf ? taken.rows : null;
  return (
    <section class="taken" aria-label={words.region}>
      <ul>
        {names.map((name, index) => {
          const row = rows?.[index];
          return (
            <li key={index} class="taken-row" data-failed={row?.ok === false}>
              {row === undefined ? <Waiting name={name} /> : <TakenRow row={row} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Waiting({ name }: { name: string }) {
  return (
    <>
      <Icon of={Variable} size={12} />
      <code>{name}</code>
      <span class="dim">{words.waiting}</span>
    </>
  );
}

function TakenRow({ row }: { row: Taken }) {
  const [shown, setShown] = useState(false);
  if (!row.ok) {
    return (
      <>
        <Icon of={CircleAlert} size={12} />
        <code>{row.name}</code>
        <span class="taken-problem">{row.problem}</span>
      </>
    );
  }
  const isMasked = row.secret && !shown;
  return (
    <>
      <Icon of={Variable} size={12} />
      <code>{row.name}</code>
      <code class="taken-value" title={isMasked ? undefined : row.value}>
        {isMasked ? MASK : row.value}
      </code>
      {row.secret && (
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={words.show(row.name)}
          pressed={shown}
          onClick={() => setShown(!shown)}
        />
      )}
      <span class="dim taken-into">
        {words.taken(row.into)}
        {row.count > 1 && `. ${words.several(row.count)}`}
      </span>
    </>
  );
}
