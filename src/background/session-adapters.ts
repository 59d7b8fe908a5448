import { HTTPAdapter } from '../http/adapters/http-adapter.ts';
import { Retry } from '../http/adapters/retry.ts';
import type { PreparedRequest } from '../http/prepared-request.ts';
import type { Response } from '../http/response.ts';
import { Session } from '../http/session.ts';
import type { SendOptions, Transport } from '../http/types.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import type { AdapterSettings, RetrySettings, SessionSettings } from '../model/session.ts';
import type { AdapterMatch } from '../protocol/messages.ts';
import { sessionList } from './session-list.ts';

type OwnLimits = Pick<RequestSpec, 'retries' | 'timeout' | 'verify'>;

/** Mounts a session's adapters, in the engine's order of match, for one exchange. What its request says itself counts. */
export function mountAdapters(session: Session, settings: SessionSettings, own: OwnLimits, transport: Transport): void {
  for (const adapter of settings.adapters) {
    session.mount(adapter.prefix, new SessionAdapter(adapter, settings, own, transport));
  }
}

/** An adapter with limits of its own, the way one subclasses `HTTPAdapter` in Requests. */
class SessionAdapter extends HTTPAdapter {
  readonly #limits: (options: SendOptions) => SendOptions;

  constructor(adapter: AdapterSettings, settings: SessionSettings, own: OwnLimits, transport: Transport) {
    super({ maxRetries: own.retries ?? retryOf(adapter.retry), transport });
    const { connect, read, total } = own.timeout;
    const timeout = { connect: connect ?? adapter.timeout.connect, read: read ?? adapter.timeout.read, total };
    const verify = own.verify ?? adapter.verify ?? settings.verify;
    this.#limits = (options) => ({ ...options, timeout, verify });
  }

  override send(r: PreparedRequest, options: SendOptions): Promise<Response> {
    return super.send(r, this.#limits(options));
  }
}

/** The order in which the engine tries a session's adapters, and whose turn it is for a URL. */
export async function matchAdapter(id: string, isPrivate: boolean, url: string): Promise<AdapterMatch> {
  const settings = await sessionList(isPrivate).get(id);
  const session = new Session();
  for (const { prefix } of settings?.adapters ?? []) session.mount(prefix, new HTTPAdapter());
  const order = [...session.adapters.keys()];
  try {
    const adapter = session.getAdapter(url);
    return { order, matched: order.find((prefix) => session.adapters.get(prefix) === adapter) ?? null };
  } catch {
    // Requests' InvalidSchema.
    return { order, matched: null };
  }
}

function retryOf(retry: RetrySettings): Retry {
  const { allowedMethods, statusForcelist, removeHeadersOnRedirect, ...rest } = retry;
  return new Retry({
    ...rest,
    allowedMethods: allowedMethods === null ? null : new Set(allowedMethods.map((method) => method.toUpperCase())),
    statusForcelist: new Set(statusForcelist),
    removeHeadersOnRedirect: new Set(removeHeadersOnRedirect),
  });
}
