import type { Identity } from '../../../model/batch.ts';
import type { AuthSpec, RequestSpec } from '../../../model/request-spec.ts';
import { isSecretName } from '../../../model/secrets.ts';
import type { SessionSettings } from '../../../model/session.ts';

/**
 * The request on behalf of an identity: its own credentials go (Cookie, Authorization, whatever field is known to hold a
 * secret), those of the session take their place.
 */
export function asIdentity(request: RequestSpec, identity: Identity, session: SessionSettings | null): RequestSpec {
  if (identity.kind === 'as-is') return request;
  const { inherited: _inherited, paramsOff: _paramsOff, ...own } = request;
  const bare: RequestSpec = {
    ...own,
    headers: request.headers.filter(([name]) => !isSecretName(name)),
    auth: null,
    cookies: 'none',
    storeBrowserCookies: false,
  };
  if (session === null) return bare;
  const given = session.headers
    .filter(({ enabled, name }) => enabled && name !== '')
    .map(({ name, value }): [string, string] => [name, value]);
  const auth = authOf(session);
  const named = new Set(given.map(([name]) => name.toLowerCase()));
  const headers: RequestSpec['headers'] = [
    ...bare.headers.filter(([name]) => !named.has(name.toLowerCase())),
    ...given,
    // An exact replay carries no auth of its own: the field is written here.
    ...(request.exact === true && auth !== null ? authField(auth) : []),
  ];
  return {
    ...bare,
    headers,
    auth: request.exact === true ? null : auth,
    cookies: session.cookies,
    session: session.id,
  };
}

function authOf({ auth }: SessionSettings): AuthSpec | null {
  switch (auth.type) {
    case 'none':
      return null;
    case 'basic':
    case 'digest':
      return { type: auth.type, username: auth.username, password: auth.password };
    case 'bearer':
      return { type: 'bearer', token: auth.token };
    case 'custom':
      return { type: 'custom', name: auth.headerName, value: auth.headerValue };
  }
}

/** Digest needs a challenge, which an exact replay does not answer. */
function authField(auth: AuthSpec): [string, string][] {
  switch (auth.type) {
    case 'basic': {
      const bytes = new TextEncoder().encode(`${auth.username}:${auth.password}`);
      return [['Authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`]];
    }
    case 'bearer':
      return [['Authorization', `Bearer ${auth.token}`]];
    case 'custom':
      return [[auth.name, auth.value]];
    case 'digest':
      return [];
  }
}
