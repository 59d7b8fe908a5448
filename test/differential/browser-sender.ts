import { CaseInsensitiveHeaders } from '../../src/http/headers.ts';
import type { ExchangeError, Hop, PreparedView, ResponseHead } from '../../src/model/exchange.ts';
import type { BrowserName, Panel } from '../e2e/driver/types.ts';
import type { Case } from './case.ts';
import type { HopFacts, ResponseFacts, SentFacts, StepFacts } from './facts.ts';
import { sendFromPage } from './panel-page.ts';
import { Inexpressible, panelRequest, type CarriedRequest } from './panel-request.ts';
import type { Sender } from './sender.ts';

interface Told {
  readonly prepared: PreparedView | null;
  readonly hops: readonly Hop[];
  readonly head: ResponseHead | null;
  readonly error: ExchangeError | null;
  /** Base64. */
  readonly body: string;
}

/** What the panel works out itself from the bytes, or does not show. */
const blind: ReadonlySet<keyof ResponseFacts> = new Set([
  ...(['text', 'jsonError', 'statusError'] as const),
  ...(['isRedirect', 'isPermanentRedirect', 'links', 'next'] as const),
]);

interface BrowserSender extends Sender {
  /** What the panel shows as sent, request by request, by the case's name; only of cases in which no hop failed. */
  readonly claims: ReadonlyMap<string, readonly (readonly [string, string])[][]>;
}

/**
 * Sends with the extension: from a page of its own through its background.
 * @param panel any page of the extension
 */
export async function createBrowserSender(browser: BrowserName, panel: Panel): Promise<BrowserSender> {
  const claims = new Map<string, readonly (readonly [string, string])[][]>();
  return {
    claims,
    name: browser,
    letter: browser === 'chromium' ? 'c' : 'f',
    defaults: await defaultFields(panel),
    blind,
    refuses(c) {
      try {
        requestsOf(c, 'x');
        return null;
      } catch (error) {
        if (error instanceof Inexpressible) return error.message;
        throw error;
      }
    },
    async send(c): Promise<SentFacts> {
      const requests = requestsOf(c, crypto.randomUUID());
      const told = (await panel.evaluate(sendFromPage, JSON.stringify(requests))) as unknown as readonly Told[];
      const hops = told.flatMap((exchange) => exchange.hops);
      if (hops.every(({ error }) => error === null)) {
        claims.set(
          c.name,
          hops.map(({ sent, derived }) => [...(sent ?? []), ...derived]),
        );
      }
      return { steps: told.map(stepFacts) };
    },
    async close() {},
  };
}

function requestsOf(c: Case, session: string): CarriedRequest[] {
  return c.steps.map((step) => panelRequest(step, c.session ?? {}, session));
}

async function defaultFields(panel: Panel): Promise<[string, string][]> {
  const [told] = (await panel.evaluate(
    sendFromPage,
    JSON.stringify([panelRequest({ method: 'GET', url: 'http://127.0.0.1:1/' }, {}, 'defaults')]),
  )) as unknown as readonly Told[];
  return told?.prepared?.headers ?? [];
}

function stepFacts({ hops, head, error, body }: Told): StepFacts {
  if (error !== null || head === null) {
    return { response: null, error: { name: error?.name ?? 'no error' }, jar: null };
  }
  const last = hops.at(-1);
  const response: Partial<ResponseFacts> = {
    status: head.status,
    reason: head.reason,
    url: head.url,
    ok: head.ok,
    history: historyOf(hops).map(hopFacts),
    headers: joined(head.headers),
    encoding: head.encoding,
    content: Buffer.from(body, 'base64').toString('latin1'),
    ...(last && { request: { method: last.request.method, url: last.request.url, headers: last.request.headers } }),
  };
  return { response, error: null, jar: null };
}

/** The hops that a redirect led on from; without one those that a challenge did. A retry takes a hop's place. */
function historyOf(hops: readonly Hop[]): Hop[] {
  const before = (cause: Hop['cause']) => hops.filter((_hop, at) => hops[at + 1]?.cause === cause);
  const redirected = before('redirect');
  return redirected.length > 0 ? redirected : before('auth');
}

function hopFacts({ request, response }: Hop): HopFacts {
  return { status: response?.status ?? 0, reason: response?.reason ?? '', url: request.url };
}

function joined(lines: readonly [string, string][]): [string, string][] {
  const headers = new CaseInsensitiveHeaders();
  for (const [name, value] of lines) headers.append(name, value);
  return [...headers];
}
