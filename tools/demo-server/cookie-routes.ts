import { json, redirect } from './answer.ts';
import { forgetCookie, readCookies, setCookie } from './cookie-text.ts';
import type { RouteTable } from './router.ts';

/** Cookies that the analytics of a hosted httpbin set; it leaves them out unless the query has `show_env`. */
const foreign = /^(?:_gauges_unique.*|__utm[abz])$/;

/** Routes that show, set and delete cookies. */
export const cookieRoutes: RouteTable = {
  '/cookies': (request) => {
    const showAll = request.query.some(([name]) => name === 'show_env');
    const cookies = [...readCookies(request.field('Cookie'))].filter(([name]) => showAll || !foreign.test(name));
    return json({ cookies: new Map(cookies) });
  },
  '/cookies/set': ({ query }) =>
    redirect(
      '/cookies',
      firstOfEach(query).map(([name, value]) => setCookie(name, value)),
    ),
  '/cookies/set/<name>/<value>': (_request, name = '', value = '') => redirect('/cookies', [setCookie(name, value)]),
  '/cookies/delete': ({ query }) =>
    redirect(
      '/cookies',
      firstOfEach(query).map(([name]) => forgetCookie(name)),
    ),
};

/** Of pairs with one name, the first. */
function firstOfEach(pairs: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return pairs.filter(([name], at) => pairs.findIndex(([other]) => other === name) === at);
}
