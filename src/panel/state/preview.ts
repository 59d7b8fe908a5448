import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';
import type { ExchangeError, PreparedView } from '../../model/exchange.ts';
import type { RequestSpec } from '../../model/request-spec.ts';
import type { SessionSettings } from '../../model/session.ts';
import type { Preview } from '../../protocol/messages.ts';
import type { ChosenFiles } from './files.ts';
import { isWorthShowing, type PlanNote } from './plan.ts';
import { requestFromDraft } from './request-from-draft.ts';
import type { Resolution, WholeRequest } from './variables.ts';

export interface PreviewState {
  /** The request as the engine would send it; null while there is no URL or it cannot be prepared. */
  readonly prepared: PreparedView | null;
  readonly plan: readonly PlanNote[];
  /** Why it cannot be prepared. */
  readonly error: ExchangeError | null;
}

const nothing: PreviewState = { prepared: null, plan: [], error: null };

/** Long enough not to ask at each key, short enough to be there when one looks up. */
const DELAY = 300;

export interface PreviewSource {
  draft: ReadonlySignal<Draft>;
  files: ReadonlySignal<ChosenFiles>;
  /** Of the draft. */
  session: ReadonlySignal<SessionSettings | null>;
  /** Both with sample values for their variables; reading it follows the variables. */
  resolve: (draft: Draft, session: SessionSettings | null) => Resolution<WholeRequest>;
  ask: (request: RequestSpec) => Promise<Preview>;
}

/**
 * Keeps asking what would be sent, a moment after each edit. While a draft cannot be read (half-typed JSON) the last
 * answer stands, so that notes do not come and go with every key.
 */
export function watchPreview({ draft, files, session, resolve, ask }: PreviewSource): {
  preview: ReadonlySignal<PreviewState>;
  stop: () => void;
} {
  const preview = signal<PreviewState>(nothing);
  let latest = 0;

  async function refresh(request: RequestSpec, mine: number): Promise<void> {
    const answer = await ask(request).catch(() => null);
    if (mine !== latest || answer === null) return;
    preview.value = answer.ok
      ? { prepared: answer.prepared, plan: answer.plan.filter(isWorthShowing), error: null }
      : { ...nothing, error: answer.error };
  }

  const stop = effect(() => {
    const current = draft.value;
    const chosen = files.value;
    const resolved = resolve(current, session.value);
    const mine = ++latest;
    if (current.url.trim() === '') {
      preview.value = nothing;
      return undefined;
    }
    // What was wrong may be right by now, and must not be shown to somebody who has just corrected it.
    const shown = preview.peek();
    if (shown.error !== null) preview.value = { ...shown, error: null };
    const timer = setTimeout(() => {
      if (!resolved.ok) {
        preview.value = { ...nothing, error: resolved.error };
        return;
      }
      const read = requestFromDraft(resolved.value.draft, chosen, resolved.value.session);
      if (read.ok) void refresh(read.request, mine);
    }, DELAY);
    return () => clearTimeout(timer);
  });

  return { preview, stop };
}
