import type { Draft } from '../../model/draft.ts';
import type { Settings } from '../../model/settings.ts';

/** A draft with nothing typed: a GET with Requests' defaults (no time limits, 30 redirects, no retries). */
export const newDraft = (): Draft => ({
  id: crypto.randomUUID(),
  method: 'GET',
  url: '',
  params: [],
  headers: [],
  defaultsOff: [],
  body: {
    type: 'none',
    json: '',
    text: '',
    form: [],
    multipart: [],
    filename: '',
    graphql: { query: '', variables: '', operationName: '' },
  },
  auth: { type: 'none', username: '', password: '', token: '', headerName: '', headerValue: '' },
  options: {
    connectTimeout: '',
    readTimeout: '',
    totalTimeout: '',
    responseLimit: '',
    followRedirects: true,
    maxRedirects: '30',
    retries: '0',
    verify: true,
    cookies: 'session',
    storeBrowserCookies: false,
    keepAuthorization: false,
  },
});

/** A new draft with the options that a person has set for it. */
export function freshDraft({ defaults }: Settings): Draft {
  const draft = newDraft();
  return defaults === null ? draft : { ...draft, options: { ...defaults } };
}
