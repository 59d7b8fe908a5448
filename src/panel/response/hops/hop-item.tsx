import { ChevronDown, ChevronRight } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { formatDuration } from '../../../inspect/format.ts';
import type { Hop } from '../../../model/exchange.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { statusClass, statusText } from '../reason-phrase.ts';
import { useSecretMask } from '../secrets-context.ts';
import { HopDetails } from './hop-details.tsx';

const words = strings.hops;

/** One hop: what was asked and what came, on a line; everything else behind it. */
export function HopItem({ hop, isOnly }: { hop: Hop; isOnly: boolean }) {
  const id = useId();
  const [open, setOpen] = useState(isOnly);
  const mask = useSecretMask();
  const { index, cause, request, dropped, waited, duration, ip, retried } = hop;
  return (
    <li class="hop">
      <button
        type="button"
        class="hop-line"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        title={words.show(index + 1)}
        onClick={() => setOpen(!open)}
      >
        <Icon of={open ? ChevronDown : ChevronRight} size={12} />
        <span class="hop-number">{index + 1}</span>
        <span class="hop-cause" data-cause={cause} title={words.causeHints[cause]}>
          {words.causes[cause]}
        </span>
        <span class="hop-request">
          <span class="hop-method">{request.method}</span> {mask.url(request.url)}
        </span>
        <Outcome hop={hop} />
        <span class="hop-facts">
          {retried !== undefined && <span>{words.attempt(retried.attempt + 1)}</span>}
          {waited > 0 && (
            <span>{(retried?.asked === true ? words.waitedAsked : words.waited)(formatDuration(waited))}</span>
          )}
          {duration !== null && <span>{formatDuration(duration)}</span>}
          {ip !== null && <span>{ip}</span>}
          {hop.fromCache && <span>{words.fromCache}</span>}
        </span>
      </button>
      {retried !== undefined && <p class="hop-reason">{words.because(mask.text(retried.reason))}</p>}
      {dropped.length > 0 && (
        <ul class="hop-dropped" aria-label={words.dropped}>
          {dropped.map(({ field, reason }) => (
            <li key={field}>
              <span class="line-mark" data-mark="removed">
                {words.droppedMark}
              </span>{' '}
              <code>{fieldWords(field)}</code>: {reason}
            </li>
          ))}
        </ul>
      )}
      {open && (
        <div class="hop-details" id={id}>
          <HopDetails hop={hop} />
        </div>
      )}
    </li>
  );
}

function Outcome({ hop: { response, error, duration } }: { hop: Hop }) {
  if (response !== null) {
    return (
      <span class="status-code" data-class={statusClass(response.status)}>
        {statusText(response.status, response.reason)}
      </span>
    );
  }
  if (error !== null) return <strong class="status-error">{error.name}</strong>;
  return <span class="dim">{duration === null ? words.running : words.noResponse}</span>;
}

/** `:body` and its like name parts of a request that are no fields. */
function fieldWords(field: string): string {
  return field.startsWith(':') ? field.slice(1) : field;
}
