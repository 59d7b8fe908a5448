import type { Draft } from '../../model/draft.ts';
import { DEFAULT_SESSION } from '../../model/session.ts';
import type { Settings } from '../../model/settings.ts';

/** A draft with nothing typed: a GET in the default session, which says everything else. */
export const newDraft = (): Draft => ({
  id: crypto.randomUUID(),
  method: 'GET',
  url: '',
  params: [],
  headers: [],
  defaultsOff: [],
  paramsOff: [],
  body: {
    type: 'none',
    json: '',
    text: '',
    form: [],
    multipart: [],
    filename: '',
    graphql: { query: '', variables: '', operationName: '' },
  },
  auth: { type: 'inherit', username: '', password: '', token: '', headerName: '', headerValue: '' },
  options: {
    connectTimeout: '',
    readTimeout: '',
    totalTimeout: '',
    responseLimit: '',
    followRedirects: true,
    maxRedirects: '',
    retries: '',
    verify: true,
    cookies: 'session',
    storeBrowserCookies: false,
    keepAuthorization: false,
    raiseForStatus: false,
    own: [],
  },
  session: DEFAULT_SESSION,
  variables: [],
  extract: [],
});

/** A new draft with the options that a person has set for it. */
export function freshDraft({ defaults }: Settings): Draft {
  const draft = newDraft();
  return defaults === null ? draft : { ...draft, options: { ...defaults } };
}
