import { HTTPAdapter, RequestException, Session } from '../../src/http/index.ts';
import type { AuthInit, RequestOptions, Response } from '../../src/http/index.ts';
import { RawSocketTransport } from '../support/raw-socket-transport.ts';
import type { AuthSetup, SessionSetup, Step } from './case.ts';
import type { CookieFacts, HopFacts, ResponseFacts, StepFacts } from './facts.ts';
import type { Sender } from './sender.ts';
import { auth, data, fields, files, latin1, params, retries } from './session-values.ts';

/** Sends with our Session in Node, each hop over a bare socket. */
export function createSessionSender(): Sender {
  return {
    name: 'session',
    letter: 'n',
    defaults: [...new Session().headers],
    blind: new Set(),
    refuses: () => null,
    async send(c) {
      await using session = sessionFor(c.session ?? {});
      const auths = new Map<string, AuthInit>();
      const steps: StepFacts[] = [];
      for (const step of c.steps) steps.push(await stepFacts(session, auths, step));
      return { steps };
    },
    async close() {},
  };
}

function sessionFor(setup: SessionSetup): Session {
  const transport = new RawSocketTransport();
  const session = new Session({ transport });
  session.headers.update(setup.headers ?? []);
  if (setup.params) session.params = fields(setup.params);
  if (setup.auth) session.auth = auth(setup.auth);
  session.cookies.update(setup.cookies ?? {});
  session.maxRedirects = setup.maxRedirects ?? session.maxRedirects;
  if (setup.retries !== undefined) {
    session.mount('http://', new HTTPAdapter({ maxRetries: retries(setup.retries), transport }));
  }
  for (const mount of setup.mounts ?? []) {
    session.mount(mount.prefix, new HTTPAdapter({ maxRetries: retries(mount.retries), transport }));
  }
  return session;
}

/** One object for one auth setup of a case: a digest remembers its nonce. */
function authOf(auths: Map<string, AuthInit>, setup: AuthSetup): AuthInit {
  const key = JSON.stringify(setup);
  const known = auths.get(key) ?? auth(setup);
  auths.set(key, known);
  return known;
}

function optionsOf(step: Step, auths: Map<string, AuthInit>): RequestOptions {
  return {
    ...(step.params !== undefined && { params: params(step.params) }),
    ...(step.headers !== undefined && { headers: step.headers }),
    ...(step.data !== undefined && { data: data(step.data) }),
    ...(step.json !== undefined && { json: step.json }),
    ...(step.files !== undefined && { files: files(step.files) }),
    ...(step.cookies !== undefined && { cookies: step.cookies }),
    ...(step.auth !== undefined && { auth: authOf(auths, step.auth) }),
    ...(step.timeout !== undefined && { timeout: step.timeout }),
    allowRedirects: step.allowRedirects ?? step.method.toUpperCase() !== 'HEAD',
  };
}

async function stepFacts(session: Session, auths: Map<string, AuthInit>, step: Step): Promise<StepFacts> {
  const facts: StepFacts = { response: null, error: null, jar: null };
  try {
    const response = await session.request(step.method, step.url, optionsOf(step, auths));
    facts.response = await responseFacts(response);
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    facts.error = { name, status: RequestException.is(error) ? (error.response?.status ?? null) : null };
  }
  facts.jar = jarFacts(session);
  return facts;
}

function hop(response: Response): HopFacts {
  return { status: response.status, reason: response.reason, url: response.url };
}

async function responseFacts(response: Response): Promise<ResponseFacts> {
  const { request, next } = response;
  return {
    ...hop(response),
    ok: response.ok,
    history: response.history.map(hop),
    headers: [...response.headers],
    encoding: response.encoding,
    content: latin1(await response.content()),
    text: await response.text(),
    jsonError: await nameOfFailure(() => response.json()),
    statusError: statusError(response),
    isRedirect: response.isRedirect,
    isPermanentRedirect: response.isPermanentRedirect,
    links: linksOf(response),
    next: next && { method: next.method, url: next.url },
    request: { method: request.method, url: request.url, headers: [...request.headers] },
  };
}

function linksOf(response: Response): ResponseFacts['links'] {
  return Object.fromEntries(Object.entries(response.links).map(([name, link]) => [name, { ...link }]));
}

async function nameOfFailure(call: () => Promise<unknown>): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

function statusError(response: Response): string | null {
  try {
    response.raiseForStatus();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function jarFacts(session: Session): CookieFacts[] {
  const cookies = Array.from(session.cookies, (cookie) => ({
    name: cookie.name,
    value: cookie.value,
    domain: cookie.domain,
    path: cookie.path,
    secure: cookie.secure,
    expires: cookie.expires !== null,
  }));
  return cookies.sort(byPlace);
}

function byPlace(one: CookieFacts, two: CookieFacts): number {
  return compareText(one.domain, two.domain) || compareText(one.path, two.path) || compareText(one.name, two.name);
}

function compareText(one: string, two: string): number {
  if (one === two) return 0;
  return one < two ? -1 : 1;
}
