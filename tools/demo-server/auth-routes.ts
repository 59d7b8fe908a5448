import type { Answer } from './answer.ts';
import { html, json } from './answer.ts';
import { digestAuth } from './digest-auth.ts';
import type { DemoRequest } from './request.ts';
import type { RouteTable } from './router.ts';
import { statusAnswer } from './status-routes.ts';

/** Routes that ask for credentials. */
export const authRoutes: RouteTable = {
  '/basic-auth/<user>/<password>': (request, user = '', password = '') => basicAuth(request, user, password, 401),
  '/hidden-basic-auth/<user>/<password>': (request, user = '', password = '') =>
    basicAuth(request, user, password, 404),
  '/bearer': bearerAuth,
  '/digest-auth/<qop>/<user>/<password>': (request, qop = '', user = '', password = '') =>
    digestAuth(request, { qop, user, password }),
  '/digest-auth/<qop>/<user>/<password>/<algorithm>': (request, qop = '', user = '', password = '', algorithm = '') =>
    digestAuth(request, { qop, user, password, algorithm }),
  '/digest-auth/<qop>/<user>/<password>/<algorithm>/<staleAfter>': (
    request,
    qop = '',
    user = '',
    password = '',
    algorithm = '',
    staleAfter = '',
  ) => digestAuth(request, { qop, user, password, algorithm, staleAfter }),
};

function basicAuth(request: DemoRequest, user: string, password: string, otherwise: number): Answer {
  const given = /^basic\s+(\S+)\s*$/i.exec(request.field('Authorization') ?? '')?.[1];
  const credentials = given === undefined ? undefined : Buffer.from(given, 'base64');
  // Python's Requests sends Latin-1 (RFC 7617 leaves the charset open), browsers send UTF-8: both are taken.
  const right = [credentials?.toString('utf8'), credentials?.toString('latin1')].includes(`${user}:${password}`);
  return right ? json({ authenticated: true, user }) : statusAnswer(otherwise);
}

function bearerAuth(request: DemoRequest): Answer {
  const token = /^bearer (.*)$/i.exec(request.field('Authorization') ?? '')?.[1];
  return token === undefined ? html('', 401, [['WWW-Authenticate', 'Bearer']]) : json({ authenticated: true, token });
}
