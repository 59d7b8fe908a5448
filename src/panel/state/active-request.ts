import { computed, type ReadonlySignal } from '@preact/signals';
import type { DraftStore } from './draft.ts';
import type { FileStore } from './files.ts';
import type { OpenRequest } from './open-requests.ts';

/** The draft of whichever request is active: whoever edits it need not know of tabs. */
export function activeDrafts(active: ReadonlySignal<OpenRequest>): DraftStore {
  const store = (): DraftStore => active.peek().drafts;
  return {
    draft: computed(() => active.value.drafts.draft.value),
    replace: (draft) => store().replace(draft),
    setMethod: (method) => store().setMethod(method),
    setUrl: (url) => store().setUrl(url),
    setParams: (rows) => store().setParams(rows),
    setHeaders: (rows) => store().setHeaders(rows),
    setDefaultField: (name, on) => store().setDefaultField(name, on),
    setSessionParam: (name, on) => store().setSessionParam(name, on),
    setSession: (id) => store().setSession(id),
    setBody: (change) => store().setBody(change),
    setAuth: (change) => store().setAuth(change),
    setOptions: (change) => store().setOptions(change),
    setVariables: (rows) => store().setVariables(rows),
    setExtract: (rows) => store().setExtract(rows),
  };
}

/** The files chosen for whichever request is active. */
export function activeFiles(active: ReadonlySignal<OpenRequest>): FileStore {
  return {
    files: computed(() => active.value.files.files.value),
    set: (key, file) => active.peek().files.set(key, file),
    clear: (key) => active.peek().files.clear(key),
  };
}
