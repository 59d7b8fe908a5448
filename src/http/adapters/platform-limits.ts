import { InvalidURL, UnsupportedFeature } from '../errors.ts';
import type { PreparedRequest } from '../prepared-request.ts';
import { hostOf, splitUrl, withoutUserinfo } from '../split-url.ts';
import type { SendOptions, Transport } from '../types.ts';

/** A redirect may lead to a URL that was never prepared. @throws InvalidURL for one without a host, or a wrong port */
export function checkHost(request: PreparedRequest): void {
  let hostname: string | null = null;
  try {
    ({ hostname } = hostOf(splitUrl(request.url)));
  } catch (cause) {
    throw new InvalidURL(`Invalid URL '${request.url}'`, { request, cause });
  }
  if (hostname === null) throw new InvalidURL(`Invalid URL '${request.url}': No host supplied`, { request });
}

/**
 * Refuses what the caller asked for and no transport of this platform can do; silently leaving it out would send
 * something else than was asked for. @throws UnsupportedFeature, nothing was sent
 */
export function refuseUnsupported(request: PreparedRequest, options: SendOptions, transport: Transport): void {
  const refuse = (reason: string): never => {
    throw new UnsupportedFeature(`${reason}. Nothing was sent.`, { request });
  };
  if (typeof options.verify === 'string') refuse('Certificates of your own choice cannot be trusted from here');
  if (options.verify === false && request.url.startsWith('https:') && !transport.capabilities.has('insecure-tls'))
    refuse('The verification of TLS certificates cannot be switched off here');
  if (options.cert !== undefined && options.cert !== null) refuse('Client certificates cannot be chosen from here');
  if (proxyFor(request.url, options.proxies ?? {}) !== undefined) refuse('A proxy cannot be chosen per request here');
}

/** `requests.utils.select_proxy`: the most specific key wins. */
function proxyFor(url: string, proxies: Readonly<Record<string, string>>): string | undefined {
  const { scheme, netloc } = splitUrl(url);
  const host = withoutUserinfo(netloc).replace(/:\d*$/, '').toLowerCase();
  const keys = host === '' ? [scheme, 'all'] : [`${scheme}://${host}`, scheme, `all://${host}`, 'all'];
  return keys.map((key) => proxies[key]).find((proxy) => proxy !== undefined && proxy !== '');
}
