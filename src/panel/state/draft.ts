import { signal, type ReadonlySignal } from '@preact/signals';
import type { Draft, DraftAuth, DraftBody, DraftOptions, Extraction, Row } from '../../model/draft.ts';
import type { Variable } from '../../model/environment.ts';
import { newDraft } from './new-draft.ts';
import { rowsFromUrl, urlFromRows } from './query-rows.ts';

/** The draft that the composer edits. Every change makes a new value: what was sent keeps its own. */
export interface DraftStore {
  readonly draft: ReadonlySignal<Draft>;
  readonly replace: (draft: Draft) => void;
  readonly setMethod: (method: string) => void;
  /** Params follow. */
  readonly setUrl: (url: string) => void;
  /** The URL's query follows. */
  readonly setParams: (rows: readonly Row[]) => void;
  readonly setHeaders: (rows: readonly Row[]) => void;
  /** Switches a default field on or off. `name` in any case. */
  readonly setDefaultField: (name: string, on: boolean) => void;
  /** Lets a param of the session go with the request, or leaves it out. */
  readonly setSessionParam: (name: string, on: boolean) => void;
  /** The session that it is sent in. */
  readonly setSession: (id: string) => void;
  readonly setBody: (change: Partial<DraftBody>) => void;
  readonly setAuth: (change: Partial<DraftAuth>) => void;
  readonly setOptions: (change: Partial<DraftOptions>) => void;
  readonly setVariables: (rows: readonly Variable[]) => void;
  readonly setExtract: (rows: readonly Extraction[]) => void;
}

export function createDraftStore(first: Draft = newDraft()): DraftStore {
  const draft = signal(first);
  const change = (fields: Partial<Draft>): void => {
    draft.value = { ...draft.value, ...fields };
  };

  return {
    draft,
    replace(next) {
      draft.value = next;
    },
    setMethod: (method) => change({ method }),
    setUrl: (url) => change({ url, params: rowsFromUrl(url, draft.value.params) }),
    setParams: (rows) => change({ params: [...rows], url: urlFromRows(draft.value.url, draft.value.params, rows) }),
    setHeaders: (rows) => change({ headers: [...rows] }),
    setDefaultField(name, on) {
      const others = draft.value.defaultsOff.filter((other) => other.toLowerCase() !== name.toLowerCase());
      change({ defaultsOff: on ? others : [...others, name] });
    },
    setSessionParam(name, on) {
      const others = draft.value.paramsOff.filter((other) => other !== name);
      change({ paramsOff: on ? others : [...others, name] });
    },
    setSession: (session) => change({ session }),
    setBody: (body) => change({ body: { ...draft.value.body, ...body } }),
    setAuth: (auth) => change({ auth: { ...draft.value.auth, ...auth } }),
    setOptions: (options) => change({ options: { ...draft.value.options, ...options } }),
    setVariables: (variables) => change({ variables: [...variables] }),
    setExtract: (extract) => change({ extract: [...extract] }),
  };
}
