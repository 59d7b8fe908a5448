import { parseSetCookie } from '../../../inspect/cookie-fields.ts';
import type { HeaderLines, Hop } from '../../../model/exchange.ts';
import { strings } from '../../strings.ts';
import { statusText } from '../reason-phrase.ts';
import { useSecretMask } from '../secrets-context.ts';
import { sizeWords } from '../sent/body-lines.ts';

const words = strings.hops;

/** A hop in full: the fields of both directions and the cookies that came. */
export function HopDetails({ hop }: { hop: Hop }) {
  const { request, response, sent, derived, error } = hop;
  const mask = useSecretMask();
  return (
    <>
      <div role="group" aria-label={words.request}>
        <h2>{words.request}</h2>
        <p class="raw-line">
          {request.method} {mask.url(request.target)}
        </p>
        {sent === null && <p class="pane-hint">{words.notSeen}</p>}
        <FieldList lines={sent ?? request.headers} derived={sent === null ? [] : derived} />
        {request.body.kind !== 'none' && <p class="pane-hint">{words.body(sizeWords(request.body))}</p>}
        {hop.proxy !== null && <p class="pane-hint">{words.proxy(hop.proxy)}</p>}
      </div>
      <div role="group" aria-label={words.response}>
        <h2>{words.response}</h2>
        {response === null ? (
          <p class={error === null ? 'pane-hint' : 'bad'}>
            {error === null ? words.noResponse : `${error.name}: ${error.message}`}
          </p>
        ) : (
          <>
            <p class="raw-line">
              {response.httpVersion ?? ''} {statusText(response.status, response.reason)}
            </p>
            <FieldList lines={response.headers} derived={[]} />
            {hop.bodyUnavailable && <p class="pane-hint">{words.bodyHidden}</p>}
          </>
        )}
      </div>
      {hop.cookies.length > 0 && (
        <div role="group" aria-label={words.cookies}>
          <h2>{words.cookies}</h2>
          <ul class="field-list">
            {hop.cookies.map(({ line, stored, reason }) => (
              <li key={line}>
                <span class="field-name">{parseSetCookie(line).name}</span>{' '}
                <span class={stored ? 'good' : 'bad'}>
                  {stored ? strings.cookies.stored : strings.cookies.rejected}
                </span>{' '}
                {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function FieldList({ lines, derived }: { lines: HeaderLines; derived: HeaderLines }) {
  const mask = useSecretMask();
  if (lines.length + derived.length === 0) return <p class="pane-hint">{words.noFields}</p>;
  return (
    <ul class="field-list">
      {lines.map(([name, value], i) => (
        <li key={i}>
          <span class="field-name">{name}</span>: {mask.field(name, value)}
        </li>
      ))}
      {derived.map(([name, value], i) => (
        <li key={`derived ${i}`} data-mark="derived">
          <span class="field-name">{name}</span>: {mask.field(name, value)}{' '}
          <span class="line-mark" data-mark="derived" title={strings.sent.markHints.derived}>
            {strings.sent.marks.derived}
          </span>
        </li>
      ))}
    </ul>
  );
}
