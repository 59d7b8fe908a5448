import type { WireNoteView } from '../model/exchange.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import type { Preview } from '../protocol/messages.ts';
import { BrowserTransport } from './browser-transport.ts';
import { exchangeError } from './hop-recorder.ts';
import { prepareExchange } from './prepare-exchange.ts';
import { preparedView } from './prepared-view.ts';
import { sessionState } from './sessions.ts';

/** Prepares without sending and says what this browser would do to it. Spends no digest nonce and no token. */
export async function preview(spec: RequestSpec, isPrivate: boolean, inspectedTab: number | null): Promise<Preview> {
  try {
    const state = await sessionState(spec.session, isPrivate);
    const transport = new BrowserTransport();
    // A digest answer would count up its nonce; the plan does not depend on it.
    const { prepared } = await prepareExchange(withoutDigest(spec), state, transport, inspectedTab);
    const plan = prepared.wirePlan(transport).map((note): WireNoteView => ({ ...note }));
    return { ok: true, prepared: await preparedView(prepared), plan };
  } catch (error) {
    return { ok: false, error: exchangeError(error) };
  }
}

function withoutDigest(spec: RequestSpec): RequestSpec {
  const { auth, inherited } = spec;
  if (auth?.type === 'digest')
    return { ...spec, auth: null, ...(inherited && { inherited: { ...inherited, auth: null } }) };
  return inherited?.auth?.type === 'digest' ? { ...spec, inherited: { ...inherited, auth: null } } : spec;
}
