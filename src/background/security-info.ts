import browser from 'webextension-polyfill';
import type { TlsView } from '../model/exchange.ts';

/**
 * Certificate chain, protocol and cipher of a hop. Firefox only, and only from inside a blocking onHeadersReceived
 * listener. Chrome has no such call: https://github.com/w3c/webextensions/issues/882
 */
export async function describeSecurity(requestId: string): Promise<TlsView | null> {
  try {
    const whole = await browser.webRequest.getSecurityInfo(requestId, { certificateChain: true });
    // A certificate that only the user's exception lets pass has no chain: there is the server's own alone.
    const info = whole.certificates.length > 0 ? whole : await browser.webRequest.getSecurityInfo(requestId, {});
    return {
      protocol: info.protocolVersion ?? '',
      cipher: info.cipherSuite ?? '',
      certificates: info.certificates.map((certificate) => ({
        subject: certificate.subject,
        issuer: certificate.issuer,
        validFrom: new Date(certificate.validity.start).toISOString(),
        validTo: new Date(certificate.validity.end).toISOString(),
        fingerprint: certificate.fingerprint.sha256,
      })),
    };
  } catch {
    return null; // The request ended meanwhile: there is nothing to describe.
  }
}
