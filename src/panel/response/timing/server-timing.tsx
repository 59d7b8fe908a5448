import { formatDuration } from '../../../inspect/format.ts';
import { parseServerTiming } from '../../../inspect/server-timing.ts';
import type { HeaderLines } from '../../../model/exchange.ts';
import { strings } from '../../strings.ts';
import { fieldValues } from '../field-lines.ts';

const words = strings.timing;

/** What the server says of its own time. */
export function ServerTiming({ lines }: { lines: HeaderLines }) {
  const entries = parseServerTiming(fieldValues(lines, 'server-timing'));
  if (entries.length === 0) return null;
  return (
    <>
      <h2 class="sub-head">{words.serverTiming}</h2>
      <table class="data-table" aria-label={words.serverTiming}>
        <thead>
          <tr>
            <th scope="col">{words.metric}</th>
            <th scope="col" class="number">
              {words.metricDuration}
            </th>
            <th scope="col">{words.description}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ name, duration, description }, i) => (
            <tr key={i}>
              <th scope="row">{name}</th>
              <td class="number">{duration === null ? '–' : formatDuration(duration)}</td>
              <td>{description ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
