import type { Draft } from '../../model/draft.ts';

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
    followRedirects: true,
    maxRedirects: '30',
    retries: '0',
    verify: true,
    cookies: 'session',
    storeBrowserCookies: false,
    keepAuthorization: false,
  },
});
