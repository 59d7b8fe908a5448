/** Every area that we know, and those that we leave out with the reason. */
import type { Area } from '../area.ts';
import { areas as auth } from './auth.ts';
import { areas as body } from './body.ts';
import { areas as cookies } from './cookies.ts';
import { areas as credentials } from './credentials.ts';
import { areas as headers } from './headers.ts';
import { areas as request } from './request.ts';
import { areas as response } from './response.ts';
import { areas as retry } from './retry.ts';
import { areas as session } from './session.ts';
import { areas as url } from './url.ts';

export const areas: ReadonlyMap<string, Area> = new Map(
  [url, headers, body, credentials, request, session, response, retry, auth, cookies].flatMap((group) =>
    Object.entries(group),
  ),
);

/** Areas outside an extension's reach. Only cases marked `optional` may be left out. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  ['select_proxy', 'an extension cannot choose a proxy per request'],
  ['should_bypass_proxies', 'an extension cannot choose a proxy per request'],
  ['get_netrc_auth', 'an extension cannot read a .netrc file'],
]);
