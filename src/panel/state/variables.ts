import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';
import type { ExchangeError } from '../../model/exchange.ts';
import type { SessionSettings } from '../../model/session.ts';
import { liveSource, sampleSource } from '../../variables/dynamic.ts';
import { Resolver } from '../../variables/resolver.ts';
import { scopeOf, type VariableScope } from '../../variables/scopes.ts';
import { strings } from '../strings.ts';
import type { EnvironmentStore } from './environments.ts';
import { resolveDraft, resolveSession, UnresolvedError } from './resolve-draft.ts';

export type Resolution<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ExchangeError };

/** Questions that the user has to answer before something is sent. */
export interface Asking {
  readonly labels: readonly string[];
  answer(answers: ReadonlyMap<string, string>): void;
  cancel(): void;
}

/** What variables stand for, and the questions of `{{$prompt}}`. */
export interface VariableStore {
  readonly environments: EnvironmentStore;
  /** Scopes between the environment and the request: those of its collection, the outermost first. */
  readonly between: Signal<readonly VariableScope[]>;
  /** null while nothing is asked. */
  readonly asking: ReadonlySignal<Asking | null>;
  /** Whether the dialog with all environments is open, and the name of a variable to define there. */
  readonly managing: Signal<{ readonly define: string | null } | null>;
  /** All that count for a draft, the weakest first. @param between in place of those of the active request */
  scopesFor(draft: Draft, between?: readonly VariableScope[]): readonly VariableScope[];
  /** Asks the user; `then` gets null when they will not answer. */
  ask(labels: readonly string[], then: (answers: ReadonlyMap<string, string> | null) => void): void;
  /**
   * Resolves what is about to be sent; first it asks what has to be asked, and when the user will not answer, `then` is never
   * called. Without a question it is called before this returns.
   * @param how resolves whatever belongs to the request
   */
  forSending<T>(draft: Draft, how: (resolver: Resolver) => T, then: (resolution: Resolution<T>) => void): void;
  /** The same for looking ahead: dynamic variables have the same sample value each time, nothing is asked. */
  forPreview<T>(draft: Draft, how: (resolver: Resolver) => T): Resolution<T>;
}

export function createVariables(environments: EnvironmentStore): VariableStore {
  const asking = signal<Asking | null>(null);
  const between = signal<readonly VariableScope[]>([]);
  /** The last answers, so that looking ahead has something likely to show. */
  const answered = new Map<string, string>();

  const scopesFor = (draft: Draft, inner = between.value): readonly VariableScope[] => [
    ...environments.scopes.value,
    ...inner,
    scopeOf('request', strings.variables.requestScope, draft.variables),
  ];

  function ask(labels: readonly string[], then: (answers: ReadonlyMap<string, string> | null) => void): void {
    asking.value = {
      labels,
      answer(answers) {
        asking.value = null;
        for (const [label, text] of answers) answered.set(label, text);
        then(answers);
      },
      cancel() {
        asking.value = null;
        then(null);
      },
    };
  }

  return {
    environments,
    between,
    asking,
    managing: signal(null),
    scopesFor,
    ask,
    forSending(draft, how, then) {
      const scopes = scopesFor(draft);
      const ahead = sampleSource((label) => answered.get(label) ?? '');
      const first = attempt(() => how(new Resolver(scopes, ahead)));
      if (!first.ok) {
        then(first);
        return;
      }
      const send = (answers: ReadonlyMap<string, string>): void =>
        then(attempt(() => how(new Resolver(scopes, liveSource(answers)))));
      if (ahead.asked.length === 0) {
        send(new Map());
        return;
      }
      ask(ahead.asked, (answers) => {
        if (answers !== null) send(answers);
      });
    },
    forPreview: (draft, how) =>
      attempt(() =>
        how(
          new Resolver(
            scopesFor(draft),
            sampleSource((label) => answered.get(label) ?? ''),
          ),
        ),
      ),
  };
}

function attempt<T>(how: () => T): Resolution<T> {
  try {
    return { ok: true, value: how() };
  } catch (error) {
    if (error instanceof UnresolvedError) return { ok: false, error: error.error };
    throw error;
  }
}

/** A draft and the session that it is sent in. */
export interface WholeRequest {
  readonly draft: Draft;
  readonly session: SessionSettings | null;
}

/** Resolves both; of the session only what the request takes from it. */
export const wholeRequest =
  (draft: Draft, session: SessionSettings | null) =>
  (resolver: Resolver): WholeRequest => ({
    draft: resolveDraft(draft, resolver),
    session: session && resolveSession(session, resolver, draft.auth.type === 'inherit'),
  });
