/**
 * What platforms call their network failures → the exception that Requests would raise. Chromium says `net::ERR_*`,
 * Firefox `NS_ERROR_*`, `SEC_ERROR_*` or a sentence, Node a code such as `ECONNREFUSED` or `UND_ERR_SOCKET`.
 */
import {
  AbortedError,
  ChunkedEncodingError,
  ConnectionError,
  ConnectTimeout,
  ContentDecodingError,
  type ErrorDetails,
  InvalidHeader,
  InvalidSchema,
  InvalidURL,
  ProxyError,
  ReadTimeout,
  type RequestException,
  SSLError,
  TooManyRedirects,
  UnsupportedFeature,
} from './errors.ts';

type Constructor = new (message?: string, details?: ErrorDetails) => RequestException;

interface Rule {
  pattern: RegExp;
  exception: Constructor;
  /** A sentence for people; without one the code itself has to do. */
  message?: string;
  /** The failure came before any byte of the request went out, so that any method may be tried again. */
  beforeSending?: true;
}

/** First match wins. Codes are matched without their `net::` prefix. */
const RULES: readonly Rule[] = [
  {
    pattern: /^(?:ERR_CONNECTION_REFUSED|NS_ERROR_CONNECTION_REFUSED|ECONNREFUSED)$/,
    exception: ConnectionError,
    message: 'The server refused the connection',
    beforeSending: true,
  },
  {
    pattern:
      /^(?:ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_DNS_\w+|ERR_ICANN_NAME_COLLISION|NS_ERROR_UNKNOWN_HOST|ENOTFOUND|EAI_\w+)$/,
    exception: ConnectionError,
    message: 'The host name could not be resolved',
    beforeSending: true,
  },
  {
    pattern: /^(?:ERR_CONNECTION_TIMED_OUT|NS_ERROR_NET_TIMEOUT|UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/,
    exception: ConnectTimeout,
    message: 'The connection was not made in time',
    beforeSending: true,
  },
  {
    pattern:
      /^(?:ERR_ADDRESS_UNREACHABLE|ERR_ADDRESS_INVALID|ERR_CONNECTION_FAILED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN)$/,
    exception: ConnectionError,
    message: 'The address cannot be reached',
    beforeSending: true,
  },
  {
    pattern: /^(?:ERR_INTERNET_DISCONNECTED|NS_ERROR_OFFLINE)$/,
    exception: ConnectionError,
    message: 'There is no network connection',
    beforeSending: true,
  },
  {
    pattern:
      /^(?:ERR_PROXY_(?!AUTH|CERT)\w+|ERR_SOCKS_\w+|NS_ERROR_PROXY_CONNECTION_REFUSED|NS_ERROR_UNKNOWN_PROXY_HOST)$/,
    exception: ProxyError,
    message: 'The connection to the proxy failed',
    beforeSending: true,
  },
  {
    pattern:
      /^(?:ERR_PROXY_\w+|ERR_TUNNEL_CONNECTION_FAILED|ERR_UNEXPECTED_PROXY_AUTH|ERR_MANDATORY_PROXY_\w+|NS_ERROR_PROXY_\w+)$/,
    exception: ProxyError,
    message: 'The proxy did not carry the request',
  },
  {
    pattern:
      /^(?:ERR_CERT_\w+|ERR_SSL_\w+|ERR_BAD_SSL_CLIENT_AUTH_CERT|ERR_TLS13_\w+|ERR_ECH_\w+|SEC_ERROR_\w+|SSL_ERROR_\w+|MOZILLA_PKIX_ERROR_\w+|NS_ERROR_NET_INADEQUATE_SECURITY|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|INVALID_CA|HOSTNAME_MISMATCH|EPROTO)$/,
    exception: SSLError,
    message: 'The TLS connection could not be trusted or made',
  },
  { pattern: /certificate|\b(?:TLS|SSL)\b/i, exception: SSLError },
  {
    pattern:
      /^(?:ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_INVALID_CHUNKED_ENCODING|ERR_CONTENT_LENGTH_MISMATCH|NS_ERROR_NET_PARTIAL_TRANSFER|NS_ERROR_NET_INTERRUPT_PARTIAL|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|NS_ERROR_UNEXPECTED|HPE_INVALID_CHUNK_SIZE|HPE_INVALID_EOF_STATE|HPE_STRICT)$/,
    exception: ChunkedEncodingError,
    message: 'The body ended early or its chunks are malformed',
  },
  {
    pattern:
      /^(?:ERR_CONTENT_DECODING_\w+|NS_ERROR_INVALID_CONTENT_ENCODING|Z_\w+|ERR__ERROR_FORMAT\w*)$|^Decoding failed/,
    exception: ContentDecodingError,
    message: 'The body is not what its Content-Encoding says',
  },
  {
    pattern:
      /^(?:ERR_RESPONSE_HEADERS_MULTIPLE_\w+|NS_ERROR_CORRUPTED_CONTENT|HPE_UNEXPECTED_CONTENT_LENGTH|HPE_INVALID_CONTENT_LENGTH)$/,
    exception: InvalidHeader,
    message: 'The response header fields contradict each other',
  },
  { pattern: /^(?:ERR_TOO_MANY_REDIRECTS|NS_ERROR_REDIRECT_LOOP)$/, exception: TooManyRedirects },
  {
    pattern: /^(?:ERR_UNSAFE_PORT|NS_ERROR_PORT_ACCESS_NOT_ALLOWED)$/,
    exception: UnsupportedFeature,
    message: 'The browser blocks this port',
  },
  {
    pattern: /^(?:ERR_BLOCKED_BY_\w+|NS_ERROR_ABORT|NS_ERROR_BLOCKED_BY_POLICY)$/,
    exception: ConnectionError,
    message: 'The request was blocked by the browser or by another extension',
  },
  {
    pattern: /^(?:ERR_UNKNOWN_URL_SCHEME|ERR_DISALLOWED_URL_SCHEME|NS_ERROR_UNKNOWN_PROTOCOL)$/,
    exception: InvalidSchema,
  },
  { pattern: /^(?:ERR_INVALID_URL|NS_ERROR_MALFORMED_URI)$/, exception: InvalidURL },
  {
    pattern: /^(?:ERR_TIMED_OUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ESOCKETTIMEDOUT)$/,
    exception: ReadTimeout,
    message: 'The server sent nothing in time',
  },
  { pattern: /^(?:ERR_ABORTED|NS_BINDING_ABORTED|UND_ERR_ABORTED|ABORT_ERR)$/, exception: AbortedError },
  {
    pattern:
      /^(?:ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED|ERR_CONNECTION_(?:RESET|CLOSED|ABORTED)|ERR_NETWORK_CHANGED|ERR_NETWORK_IO_SUSPENDED|NS_ERROR_NET_(?:RESET|INTERRUPT|EMPTY_RESPONSE|ERROR_RESPONSE)|ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/,
    exception: ConnectionError,
    message: 'The server closed the connection without a response',
  },
  {
    pattern:
      /^(?:ERR_INVALID_HTTP_RESPONSE|ERR_RESPONSE_HEADERS_\w+|ERR_HTTP2_\w+|ERR_QUIC_\w+|ERR_ALPN_\w+|NS_ERROR_NET_HTTP\w+|HPE_\w+|UND_ERR_HEADERS_OVERFLOW)$/,
    exception: ConnectionError,
    message: 'The server did not answer in HTTP',
  },
];

/** A code without what differs between platforms' spellings of it. */
function bareCode(code: string): string {
  return code.trim().replace(/^net::/, '');
}

function ruleFor(code: string): Rule | undefined {
  const bare = bareCode(code);
  return RULES.find((rule) => rule.pattern.test(bare));
}

/**
 * The exception for a failure that the platform calls `code` (a code or a sentence). The code is kept as `netError`
 * and stands in the message. What no rule knows is a ConnectionError, as in Requests.
 */
export function exceptionForNetError(code: string, details: ErrorDetails = {}): RequestException {
  const rule = ruleFor(code);
  const bare = bareCode(code);
  const Exception = rule?.exception ?? ConnectionError;
  const message = rule?.message === undefined ? bare || 'The connection failed' : `${rule.message} (${bare})`;
  return new Exception(message, { ...details, netError: code });
}

/** True when a failure of that name means that no byte of the request can have reached the server. */
export function failedBeforeSending(code: string): boolean {
  return ruleFor(code)?.beforeSending === true;
}

/**
 * What a platform's error calls itself: the first code (`ECONNRESET`, `UND_ERR_SOCKET`, `Z_DATA_ERROR`) on the chain
 * of its causes, else its message.
 */
export function netErrorOf(error: unknown): string {
  for (let link = error, depth = 0; link instanceof Error && depth < 8; link = link.cause, depth += 1) {
    const inner: unknown = link instanceof AggregateError ? link.errors[0] : undefined;
    for (const candidate of [link, inner]) {
      if (candidate instanceof Error && 'code' in candidate && typeof candidate.code === 'string')
        return candidate.code;
    }
  }
  return error instanceof Error ? error.message : String(error);
}
