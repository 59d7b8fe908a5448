import { CircleAlert, Eye, EyeOff, Variable } from 'lucide';
import { useState } from 'preact/hooks';
import { MASK } from '../../model/secrets.ts';
import type { Taken, TakenState } from '../state/extraction.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';

const words = strings.extract;

/** What was taken out of the response, and what could not be. */
export function TakenValues({ state }: { state: TakenState }) {
  if (state.rows === null) {
    return (
      <section class="taken" aria-label={words.region}>
        <p class="dim">{words.running}</p>
      </section>
    );
  }
  return (
    <section class="taken" aria-label={words.region}>
      <ul>
        {state.rows.map((row, index) => (
          <li key={index} class="taken-row" data-failed={!row.ok}>
            <TakenRow row={row} />
          </li>
        ))}
      </ul>
    </section>
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
