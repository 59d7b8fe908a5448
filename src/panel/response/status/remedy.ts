import type { ExchangeError } from '../../../model/exchange.ts';
import { strings } from '../../strings.ts';

type Remedy = keyof typeof strings.response.remedies;
type CertificateFault = keyof typeof strings.response.certificates;

/** What the browsers call it (Chromium's `net::ERR_*`, Firefox's `NS_ERROR_*` …); the first that matches counts. */
const BY_NET_ERROR: readonly (readonly [pattern: RegExp, remedy: Remedy])[] = [
  [/PROXY|TUNNEL_CONNECTION|SOCKS/, 'proxy'],
  [/NAME_NOT_RESOLVED|NAME_RESOLUTION|UNKNOWN_HOST|ERR_DNS_|ICANN/, 'unknownHost'],
  [/CONNECTION_REFUSED/, 'refused'],
  [/INTERNET_DISCONNECTED|ERROR_OFFLINE/, 'offline'],
  [/ADDRESS_UNREACHABLE|ADDRESS_INVALID|CONNECTION_FAILED/, 'unreachable'],
  [/UNSAFE_PORT|PORT_ACCESS_NOT_ALLOWED/, 'blockedPort'],
  [/BLOCKED_BY|NS_ERROR_ABORT|BLOCKED_BY_POLICY/, 'blocked'],
  [/EMPTY_RESPONSE|CONNECTION_RESET|CONNECTION_CLOSED|CONNECTION_ABORTED|NET_RESET|NET_INTERRUPT/, 'reset'],
  [/INVALID_HTTP_RESPONSE|ERR_HTTP2|ERR_QUIC|ERR_ALPN|NET_HTTP/, 'notHttp'],
  [/RESPONSE_HEADERS_MULTIPLE|CORRUPTED_CONTENT/, 'receivedHeader'],
  [/CLIENT_AUTH|HANDSHAKE_FAILURE_ALERT|CERTIFICATE_REQUIRED/, 'clientCertificate'],
];

const BY_CODE: Readonly<Record<string, Remedy>> = {
  http: 'raised',
  proxy: 'proxy',
  ssl: 'certificate',
  'connect-timeout': 'connectTimeout',
  'read-timeout': 'readTimeout',
  timeout: 'timeout',
  'too-many-redirects': 'redirects',
  'url-required': 'urlRequired',
  'missing-schema': 'missingSchema',
  'invalid-schema': 'invalidSchema',
  'invalid-url': 'invalidUrl',
  'invalid-proxy-url': 'proxy',
  'invalid-header': 'invalidHeader',
  'unresolved-variable': 'undefinedVariable',
  'invalid-variable': 'variables',
  'invalid-json': 'invalidJson',
  'json-decode': 'invalidJson',
  'chunked-encoding': 'cutOff',
  'too-large': 'sizeLimit',
  'content-decoding': 'decoding',
  retry: 'retries',
  'unrewindable-body': 'rewind',
  aborted: 'aborted',
  unsupported: 'unsupported',
  permission: 'permission',
  'cookie-conflict': 'cookies',
  'outcome-unknown': 'unknown',
  'response-lost': 'lost',
  connection: 'connection',
};

/** What to do about a failure: by what the browser calls it where that says more than the exception does. */
export function remedyFor(error: ExchangeError): string {
  const { remedies } = strings.response;
  const netError = error.netError ?? '';
  const byNetError = BY_NET_ERROR.find(([pattern]) => pattern.test(netError))?.[1];
  if (byNetError !== undefined) return remedies[byNetError];
  if (error.code === 'ssl' && certificateFault(netError) === 'protocol') return remedies.tls;
  return remedies[BY_CODE[error.code] ?? 'other'];
}

/** First match wins. Chromium names its codes; Firefox has NSS's codes and sentences. */
const FAULTS: readonly (readonly [pattern: RegExp, fault: CertificateFault])[] = [
  [/COMMON_NAME_INVALID|BAD_CERT_DOMAIN|is only valid for|not valid for the name/i, 'name'],
  [/DATE_INVALID|EXPIRED|NOT_YET_VALID|VALIDITY_TOO_LONG|has expired|expired on|not be valid until/i, 'expired'],
  [/REVOKED/i, 'revoked'],
  [/CA_CERT_USED_AS_END_ENTITY|CA_CERT_INVALID/i, 'authorityOnly'],
  [
    /AUTHORITY_INVALID|UNKNOWN_ISSUER|UNTRUSTED|SELF_SIGNED|not trusted|self-signed|KNOWN_INTERCEPTION|DISTRUSTED|SYMANTEC/i,
    'authority',
  ],
  [/WEAK|INADEQUATE_KEY|SIGNATURE_ALGORITHM_DISABLED/i, 'weak'],
  [/PINNED|KEY_PINNING/i, 'pinned'],
  [/TRANSPARENCY/i, 'transparency'],
  [/ERR_SSL_|SSL_ERROR_|ERR_TLS|INADEQUATE_SECURITY|CIPHER|VERSION/i, 'protocol'],
  [/CERT|certificate/i, 'invalid'],
];

function certificateFault(netError: string): CertificateFault | null {
  return FAULTS.find(([pattern]) => pattern.test(netError))?.[1] ?? null;
}

/** What is wrong with a certificate or with TLS, in words; null when the browser's code says nothing of it. */
export function certificateWords(error: ExchangeError): string | null {
  if (error.code !== 'ssl') return null;
  const fault = certificateFault(error.netError ?? '');
  return fault === null ? null : strings.response.certificates[fault];
}
