import type { Response } from './response.ts';
import { Session } from './session.ts';
import type { RequestOptions } from './types.ts';

type Verb = (url: string | URL, o?: RequestOptions) => Promise<Response>;

async function once(use: (session: Session) => Promise<Response>): Promise<Response> {
  const session = new Session();
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

/** Counterpart of `requests.api`: each call has a session of its own, and so no cookies from the one before. */
export const requests: Pick<Session, 'request' | 'get' | 'options' | 'head' | 'post' | 'put' | 'patch' | 'delete'> = {
  request: (method, url, o) => once((session) => session.request(method, url, o)),
  get: verb('get'),
  options: verb('options'),
  head: verb('head'),
  post: verb('post'),
  put: verb('put'),
  patch: verb('patch'),
  delete: verb('delete'),
};

function verb(name: 'get' | 'options' | 'head' | 'post' | 'put' | 'patch' | 'delete'): Verb {
  return (url, o) => once((session) => session[name](url, o));
}
