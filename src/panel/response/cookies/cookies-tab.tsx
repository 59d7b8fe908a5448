import { cookieAttribute, type SetCookie } from '../../../inspect/cookie-fields.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { useSecretMask } from '../secrets-context.ts';
import { flagsOf, receivedCookies, sentCookies, type ReceivedCookie, type SentCookie } from './cookie-rows.ts';

const words = strings.cookies;

/** Cookies of all hops: what went out, what came, and what became of it. */
export function CookiesTab({ snapshot: { hops } }: { snapshot: ExchangeSnapshot }) {
  const sent = sentCookies(hops);
  const received = receivedCookies(hops);
  if (sent.length === 0 && received.length === 0) return <p class="pane-hint tab-hint">{words.none}</p>;
  const severalHops = hops.length > 1;
  return (
    <div class="tab-scroll cookies" role="group" aria-label={strings.response.tabs.cookies} tabIndex={0}>
      <h2 class="sub-head">{words.received}</h2>
      {received.length === 0 ? (
        <p class="pane-hint tab-hint">{words.noneReceived}</p>
      ) : (
        <ReceivedTable cookies={received} severalHops={severalHops} />
      )}
      <h2 class="sub-head">{words.sent}</h2>
      {sent.length === 0 ? (
        <p class="pane-hint tab-hint">{words.noneSent}</p>
      ) : (
        <SentTable cookies={sent} severalHops={severalHops} />
      )}
    </div>
  );
}

function SentTable({ cookies, severalHops }: { cookies: readonly SentCookie[]; severalHops: boolean }) {
  const mask = useSecretMask();
  return (
    <table class="data-table" aria-label={words.sent}>
      <thead>
        <tr>
          {severalHops && (
            <th scope="col" class="number">
              {words.hop}
            </th>
          )}
          <th scope="col">{words.name}</th>
          <th scope="col">{words.value}</th>
        </tr>
      </thead>
      <tbody>
        {cookies.map(({ hop, name, value }, i) => (
          <tr key={i}>
            {severalHops && <td class="number">{hop}</td>}
            <th scope="row">{name}</th>
            <td>{mask.value(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ReceivedTable({ cookies, severalHops }: { cookies: readonly ReceivedCookie[]; severalHops: boolean }) {
  const mask = useSecretMask();
  return (
    <table class="data-table received-cookies" aria-label={words.received}>
      <thead>
        <tr>
          {severalHops && (
            <th scope="col" class="number">
              {words.hop}
            </th>
          )}
          <th scope="col">{words.name}</th>
          <th scope="col">{words.value}</th>
          <th scope="col">{words.outcome}</th>
          <th scope="col" class="roomy">
            {words.domain}
          </th>
          <th scope="col" class="roomy">
            {words.path}
          </th>
          <th scope="col" class="roomy">
            {words.expires}
          </th>
          <th scope="col" class="roomy">
            {words.flags}
          </th>
        </tr>
      </thead>
      <tbody>
        {cookies.map(({ hop, cookie, outcome }, i) => (
          <tr key={i}>
            {severalHops && <td class="number">{hop}</td>}
            <th scope="row">{cookie.name}</th>
            <td>
              {mask.value(cookie.value)}
              <span class="tight-line">{attributesInLine(cookie)}</span>
            </td>
            <td>
              <Outcome outcome={outcome} />
            </td>
            <td class="roomy">{cookieAttribute(cookie, 'domain')?.value || <i>{words.hostOnly}</i>}</td>
            <td class="roomy">{cookieAttribute(cookie, 'path')?.value ?? ''}</td>
            <td class="roomy">{expiryOf(cookie) ?? <i>{words.sessionCookie}</i>}</td>
            <td class="roomy">{flagsOf(cookie).join(' ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ outcome }: Pick<ReceivedCookie, 'outcome'>) {
  if (outcome === null) {
    return (
      <span class="dim" title={words.notKeptReason}>
        {words.notKept}
      </span>
    );
  }
  if (outcome.stored) return <span class="good">{words.stored}</span>;
  return (
    <>
      <strong class="bad">{words.rejected}</strong>
      {outcome.reason !== null && <span class="reason">{outcome.reason}</span>}
    </>
  );
}

/** Max-Age before Expires (RFC 6265 section 5.3). */
function expiryOf(cookie: SetCookie): string | null {
  const maxAge = cookieAttribute(cookie, 'max-age')?.value;
  if (maxAge) return words.maxAge(maxAge);
  return cookieAttribute(cookie, 'expires')?.value ?? null;
}

/** Where there is no room for columns. */
function attributesInLine(cookie: SetCookie): string {
  return cookie.attributes.map(({ name, value }) => (value === null ? name : `${name}=${value}`)).join('; ');
}
