import { describe, expect, test } from 'vitest';
import { exceptionForNetError, failedBeforeSending, netErrorOf } from '../../src/http/net-errors.ts';

describe('the exception for a platform’s code', () => {
  test.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'ConnectionError'],
    ['net::ERR_CONNECTION_REFUSED', 'ConnectionError'],
    ['net::ERR_CONNECTION_RESET', 'ConnectionError'],
    ['net::ERR_ADDRESS_UNREACHABLE', 'ConnectionError'],
    ['net::ERR_INTERNET_DISCONNECTED', 'ConnectionError'],
    ['net::ERR_EMPTY_RESPONSE', 'ConnectionError'],
    ['net::ERR_INVALID_HTTP_RESPONSE', 'ConnectionError'],
    ['NS_ERROR_UNKNOWN_HOST', 'ConnectionError'],
    ['NS_ERROR_CONNECTION_REFUSED', 'ConnectionError'],
    ['NS_ERROR_NET_RESET', 'ConnectionError'],
    ['NS_ERROR_OFFLINE', 'ConnectionError'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'ConnectTimeout'],
    ['NS_ERROR_NET_TIMEOUT', 'ConnectTimeout'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'SSLError'],
    ['net::ERR_CERT_DATE_INVALID', 'SSLError'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'SSLError'],
    ['net::ERR_BAD_SSL_CLIENT_AUTH_CERT', 'SSLError'],
    ['The certificate is not trusted because it is self-signed.', 'SSLError'],
    ['SEC_ERROR_UNKNOWN_ISSUER', 'SSLError'],
    ['SSL_ERROR_BAD_CERT_DOMAIN', 'SSLError'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'ProxyError'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'ProxyError'],
    ['net::ERR_SOCKS_CONNECTION_FAILED', 'ProxyError'],
    ['NS_ERROR_PROXY_CONNECTION_REFUSED', 'ProxyError'],
    ['NS_ERROR_UNKNOWN_PROXY_HOST', 'ProxyError'],
    ['net::ERR_INCOMPLETE_CHUNKED_ENCODING', 'ChunkedEncodingError'],
    ['net::ERR_INVALID_CHUNKED_ENCODING', 'ChunkedEncodingError'],
    ['net::ERR_CONTENT_LENGTH_MISMATCH', 'ChunkedEncodingError'],
    ['NS_ERROR_NET_PARTIAL_TRANSFER', 'ChunkedEncodingError'],
    ['NS_ERROR_UNEXPECTED', 'ChunkedEncodingError'],
    ['net::ERR_CONTENT_DECODING_FAILED', 'ContentDecodingError'],
    ['Decoding failed.', 'ContentDecodingError'],
    ['net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH', 'InvalidHeader'],
    ['net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION', 'InvalidHeader'],
    ['NS_ERROR_CORRUPTED_CONTENT', 'InvalidHeader'],
    ['net::ERR_TOO_MANY_REDIRECTS', 'TooManyRedirects'],
    ['NS_ERROR_REDIRECT_LOOP', 'TooManyRedirects'],
    ['net::ERR_UNSAFE_PORT', 'UnsupportedFeature'],
    ['net::ERR_BLOCKED_BY_CLIENT', 'ConnectionError'],
    ['NS_ERROR_ABORT', 'ConnectionError'],
    ['net::ERR_UNKNOWN_URL_SCHEME', 'InvalidSchema'],
    ['net::ERR_ABORTED', 'AbortedError'],
    ['NS_BINDING_ABORTED', 'AbortedError'],
    ['net::ERR_RESPONSE_HEADERS_TOO_BIG', 'ConnectionError'],
    ['ECONNREFUSED', 'ConnectionError'],
    ['ENOTFOUND', 'ConnectionError'],
    ['UND_ERR_CONNECT_TIMEOUT', 'ConnectTimeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'ReadTimeout'],
    ['UND_ERR_SOCKET', 'ConnectionError'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SSLError'],
    ['CERT_HAS_EXPIRED', 'SSLError'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'SSLError'],
    ['Z_DATA_ERROR', 'ContentDecodingError'],
    ['Failed to fetch', 'ConnectionError'],
    ['', 'ConnectionError'],
  ])('%s is a %s', (code, name) => {
    const error = exceptionForNetError(code);
    expect(error.name).toBe(name);
    expect(error.netError).toBe(code);
    expect(error.message).not.toBe(name === 'TooManyRedirects' ? undefined : '');
  });
});

test('only what failed before sending may be repeated whatever the method', () => {
  const before = ['net::ERR_CONNECTION_REFUSED', 'ENOTFOUND', 'NS_ERROR_UNKNOWN_HOST', 'net::ERR_CONNECTION_TIMED_OUT'];
  const after = ['net::ERR_CONNECTION_RESET', 'net::ERR_EMPTY_RESPONSE', 'UND_ERR_SOCKET', 'anything else'];
  expect(before.map(failedBeforeSending)).toEqual([true, true, true, true]);
  expect(after.map(failedBeforeSending)).toEqual([false, false, false, false]);
});

describe('what an error calls itself', () => {
  test('the code nearest to it', () => {
    const inner = Object.assign(new Error('inner'), { code: 'ECONNRESET' });
    expect(netErrorOf(new TypeError('fetch failed', { cause: inner }))).toBe('ECONNRESET');
  });

  test('the first of several addresses', () => {
    const first = Object.assign(new Error('a'), { code: 'ECONNREFUSED' });
    expect(netErrorOf(new TypeError('x', { cause: new AggregateError([first]) }))).toBe('ECONNREFUSED');
  });

  test('its message, or whatever was thrown', () => {
    expect(netErrorOf(new TypeError('Failed to fetch'))).toBe('Failed to fetch');
    expect(netErrorOf('odd')).toBe('odd');
    const loop = new Error('loop');
    loop.cause = loop;
    expect(netErrorOf(loop)).toBe('loop');
  });
});
