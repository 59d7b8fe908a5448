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
import { asGiven, isRecord, list, Raises, text } from '../values.ts';

const SCALARS = 'numbers and booleans are written as String(v) writes them';

/** Names and values of a mapping or pairs, lists taken apart; null is dropped. */
function fieldsOf(params: unknown): [string, unknown][] {
  const pairs =
    params instanceof Map || Array.isArray(params) ? [...params] : Object.entries(isRecord(params) ? params : {});
  return pairs.flatMap((pair: unknown) => {
    const [name, value] = list(pair);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((one) => one !== null).map((one): [string, unknown] => [String(name), one]);
  });
}

function holdsScalars(params: unknown): boolean {
  return fieldsOf(params).some(([, value]) => typeof value === 'number' || typeof value === 'boolean');
}

/** The platform's own encoder is the witness: it differs from ours only in `~` and `*`. */
function witness(params: unknown): string {
  const query = new URLSearchParams(fieldsOf(params).map(([name, value]) => [name, String(value)]));
  return query.toString().replaceAll('%7E', '~').replaceAll('*', '%2A');
}

function urlDivergence(input: VectorCase['input'], c: VectorCase): Divergence | undefined {
  const whatwg = c.extra['whatwg_href'];
  if (c.expected instanceof Raises && typeof whatwg === 'string') {
    return { rule: 'hosts that UTS-46 allows are accepted, as in browsers', expected: whatwg };
  }
  if (!holdsScalars(input['params'])) return undefined;
  return { rule: SCALARS, expected: `${text(input['url'])}?${witness(input['params'])}` };
}

export const areas: Areas = {
  prepare_url: {
    run: ({ url, params }) => prepareUrl(asGiven(url), asGiven(params)),
    divergence: urlDivergence,
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
