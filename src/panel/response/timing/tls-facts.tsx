import type { Hop } from '../../../model/exchange.ts';
import { strings } from '../../strings.ts';
import { FactGroup, FactRow } from './fact-group.tsx';

const words = strings.timing;

/** How the connection was secured, as far as the browser tells. */
export function TlsFacts({ hop: { tls, request } }: { hop: Hop }) {
  return (
    <FactGroup title={words.tls}>
      {tls === null ? (
        <div class="fact-row">
          <dd class="dim">{untold(request.url)}</dd>
        </div>
      ) : (
        <>
          <FactRow name={words.tlsProtocol}>{tls.protocol}</FactRow>
          <FactRow name={words.cipher}>{tls.cipher}</FactRow>
          {tls.certificates.map(({ subject, issuer, validFrom, validTo, fingerprint }, i) => (
            <FactRow key={fingerprint} name={words.certificate(i + 1)} stacked>
              {subject}
              <span class="fact-line">
                {words.issuer} {issuer}
              </span>
              <span class="fact-line">
                {words.validity} {validFrom} – {validTo}
              </span>
              <span class="fact-line fingerprint">
                {words.fingerprint} {fingerprint}
              </span>
            </FactRow>
          ))}
        </>
      )}
    </FactGroup>
  );
}

/** Why nothing is known. Only Firefox lets extensions see the certificate. */
function untold(url: string): string {
  if (!/^https:/i.test(url)) return words.plain;
  return /firefox/i.test(navigator.userAgent) ? words.tlsUntold : words.tlsHidden;
}
