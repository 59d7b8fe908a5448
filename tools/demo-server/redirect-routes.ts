import type { Answer } from './answer.ts';
import { html, redirect } from './answer.ts';
import { urlOf } from './facts.ts';
import type { DemoRequest } from './request.ts';
import type { RouteTable } from './router.ts';

/** Routes that send the client elsewhere. */
export const redirectRoutes: RouteTable = {
  '/redirect/<int:n>': (request, n) => {
    const absolute = request.query.find(([name]) => name === 'absolute')?.[1].toLowerCase() === 'true';
    return redirect(
      `${absolute ? originOfUrl(request) : ''}${next(n, absolute ? '/absolute-redirect' : '/relative-redirect')}`,
    );
  },
  '/relative-redirect/<int:n>': (_request, n) => html('', 302, [['Location', next(n, '/relative-redirect')]]),
  '/absolute-redirect/<int:n>': (request, n) => redirect(`${originOfUrl(request)}${next(n, '/absolute-redirect')}`),
  'GET,POST,PUT,DELETE,PATCH,TRACE /redirect-to': redirectTo,
  '/links/<int:n>': (_request, n) => redirect(`/links/${Number(n)}/0`),
  '/links/<int:n>/<int:offset>': (_request, n, offset) =>
    html(linkPage(Math.min(Math.max(1, Number(n)), 200), Number(offset))),
};

/** Where the redirect numbered `n` leads: one less, and at last to /get. */
function next(n: string | undefined, base: string): string {
  const left = Number(n);
  if (left < 1) throw new RangeError('There is no redirect number 0.');
  return left === 1 ? '/get' : `${base}/${left - 1}`;
}

function originOfUrl(request: DemoRequest): string {
  return new URL(urlOf(request)).origin;
}

/** The address goes into Location as it is: nothing mends it. */
function redirectTo(request: DemoRequest): Answer {
  const url = request.parameter('url');
  const status = Number(request.parameter('status_code') ?? 302);
  if (url === undefined || !Number.isInteger(status)) throw new TypeError('url and a whole status_code are needed.');
  const location = Buffer.from(url).toString('latin1');
  return html('', status >= 300 && status < 400 ? status : 302, [['Location', location]]);
}

function linkPage(count: number, current: number): string {
  const links = Array.from({ length: count }, (_, n) =>
    n === current ? `${n} ` : `<a href='/links/${count}/${n}'>${n}</a> `,
  );
  return `<html><head><title>Links</title></head><body>${links.join('')}</body></html>`;
}
