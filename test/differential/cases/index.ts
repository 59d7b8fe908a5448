import { bodies } from './bodies.ts';
import { cookies } from './cookies.ts';
import { credentials } from './credentials.ts';
import { failures } from './failures.ts';
import { headers } from './headers.ts';
import { httpbin } from './httpbin.ts';
import { redirects } from './redirects.ts';
import { responses } from './responses.ts';
import { urls } from './urls.ts';

/** Every case that somebody thought of. */
export const listed = [
  ...urls,
  ...headers,
  ...bodies,
  ...credentials,
  ...cookies,
  ...redirects,
  ...failures,
  ...responses,
  ...httpbin,
];
