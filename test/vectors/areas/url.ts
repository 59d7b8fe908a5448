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
import type { Areas, Divergence, VectorCase } from '../area.ts';
import { holdsScalars, SCALARS, witness } from '../scalars.ts';
import { asGiven, matches, Raises, text } from '../values.ts';

function urlDivergence(input: VectorCase['input'], c: VectorCase): Divergence | undefined {
  const whatwg = c.extra['whatwg_href'];
  if (c.expected instanceof Raises && typeof whatwg === 'string') {
    return { rule: 'hosts that UTS-46 allows are accepted, as in browsers', expected: whatwg };
  }
  if (!holdsScalars(input['params'])) return undefined;
  const [base = '', fragment] = prepareUrl(text(input['url'])).split('#');
  const query = `${base.includes('?') ? '&' : '?'}${witness(input['params'])}`;
  return { rule: SCALARS, expected: base + query + (fragment === undefined ? '' : `#${fragment}`) };
}

/** A browser's URL is compared in the form that a browser gives ours. */
function sameUrl(actual: unknown, expected: unknown, c: VectorCase): boolean {
  const inBrowser = c.policy === 'divergence' && c.expected instanceof Raises && typeof actual === 'string';
  return matches(inBrowser ? new URL(actual).href : actual, expected);
}

export const areas: Areas = {
  prepare_url: {
    run: ({ url, params }) => prepareUrl(asGiven(url), asGiven(params)),
    divergence: urlDivergence,
    compare: sameUrl,
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
