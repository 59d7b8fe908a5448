import { basicAuthString, getAuthFromUrl, HTTPBasicAuth, HTTPProxyAuth } from '../../../src/http/auth/basic.ts';
import { PreparedRequest } from '../../../src/http/prepared-request.ts';
import type { AuthInit } from '../../../src/http/types.ts';
import { prepareUrl } from '../../../src/http/url.ts';
import type { Areas, Divergence } from '../area.ts';
import { asGiven, list, text } from '../values.ts';

const RULE = 'credentials that Latin-1 cannot write are sent as UTF-8 (RFC 7617)';

function utf8Basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

function authOf(auth: unknown, cls: unknown): AuthInit | null {
  if (!Array.isArray(auth)) return null;
  const [username, password] = list(auth);
  const pair: readonly [string, string] = [asGiven(username), asGiven(password)];
  if (cls === 'HTTPProxyAuth') return new HTTPProxyAuth(...pair);
  return cls === 'HTTPBasicAuth' ? new HTTPBasicAuth(...pair) : pair;
}

async function prepareAuth(input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const request = new PreparedRequest();
  request.prepareMethod('GET');
  request.prepareUrl(text(input['url']));
  await request.prepareAuth(authOf(input['auth'], input['cls']));
  return {
    url: request.url,
    authorization: request.headers.get('Authorization'),
    proxy_authorization: request.headers.get('Proxy-Authorization'),
  };
}

function preparedInUtf8(input: Readonly<Record<string, unknown>>): Divergence {
  const url = text(input['url']);
  const given = Array.isArray(input['auth']) ? list(input['auth']).map(text) : getAuthFromUrl(url);
  const [username = '', password = ''] = given;
  const field = input['cls'] === 'HTTPProxyAuth' ? 'proxy_authorization' : 'authorization';
  const expected = { url: prepareUrl(url), authorization: null, proxy_authorization: null };
  return { rule: RULE, expected: { ...expected, [field]: utf8Basic(username, password) } };
}

export const areas: Areas = {
  basic_auth_str: {
    run: ({ username, password }) => basicAuthString(asGiven(username), asGiven(password)),
    divergence: ({ username, password }) => ({ rule: RULE, expected: utf8Basic(text(username), text(password)) }),
  },
  get_auth_from_url: { run: ({ url }) => getAuthFromUrl(text(url)) },
  prepare_auth: {
    run: (input) => prepareAuth(input),
    divergence: preparedInUtf8,
  },
};
