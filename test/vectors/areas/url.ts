import { encodeParams } from '../../../src/http/encoding.ts';
import type { Pairs } from '../../../src/http/types.ts';
import {
  pathUrl,
  prepareUrl,
  requoteUri,
  unquoteUnreserved,
  withoutFragmentAndAuth,
  withScheme,
} from '../../../src/http/url.ts';
import type { Areas, Divergence } from '../area.ts';
import { asGiven, isRecord, Raises, text } from '../values.ts';

/** Numbers and booleans of a mapping, which the two languages write differently. */
function holdsScalars(params: unknown): boolean {
  return isRecord(params) && Object.values(params).some((v) => typeof v === 'number' || typeof v === 'boolean');
}

function urlDivergence(
  input: Readonly<Record<string, unknown>>,
  expected: unknown,
  whatwg: unknown,
): Divergence | undefined {
  if (expected instanceof Raises && typeof whatwg === 'string') {
    return { rule: 'hosts that UTS-46 allows are accepted, as in browsers', expected: whatwg };
  }
  if (!holdsScalars(input['params'])) return undefined;
  // The platform's own encoder is the witness: it differs from ours only in `~` and `*`.
  const query = new URLSearchParams(asGiven<Record<string, string>>(input['params'])).toString();
  const url = `${text(input['url'])}?${query.replaceAll('%7E', '~').replaceAll('*', '%2A')}`;
  return { rule: 'numbers and booleans are written as String(v) writes them', expected: url };
}

export const areas: Areas = {
  prepare_url: {
    run: ({ url, params }) => prepareUrl(asGiven(url), asGiven(params)),
    divergence: (input, c) => urlDivergence(input, c.expected, c.extra['whatwg_href']),
  },
  encode_params: {
    // A string or bytes is returned as it is: there is nothing to encode.
    run: ({ data }) =>
      typeof data === 'string' || data instanceof Uint8Array ? data : encodeParams(asGiven<Pairs>(data)),
  },
  requote_uri: { run: ({ uri }) => requoteUri(text(uri)) },
  unquote_unreserved: { run: ({ uri }) => unquoteUnreserved(text(uri)) },
  path_url: { run: ({ url }) => pathUrl(text(url)) },
  urldefragauth: { run: ({ url }) => withoutFragmentAndAuth(text(url)) },
  prepend_scheme_if_needed: { run: ({ url, scheme }) => withScheme(text(url), text(scheme)) },
};
