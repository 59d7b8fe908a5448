import type { Case, Reply, RetrySetup, Step } from '../case.ts';
import { answered, one } from './one.ts';

const ok = answered('at last');
const reset: Reply = { fault: 'reset' };
const closed: Reply = { fault: 'close' };
const status = (code: number, ...fields: readonly (readonly [string, string])[]): Reply => ({
  status: code,
  fields,
  body: 'busy',
});

function retried(
  name: string,
  retries: number | RetrySetup,
  replies: readonly Reply[],
  step: Partial<Step> = {},
): Case {
  return one(
    `retry: ${name}`,
    { url: '{echo}/busy', ...step },
    { session: { retries }, replies: { '/busy': replies } },
  );
}

const fails = (name: string, reply: Reply, step: Partial<Step> = {}): Case =>
  one(`failure: ${name}`, { url: '{echo}/bad', ...step }, { replies: { '/bad': [reply] } });

const gzip = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nnot one';

/** Retries and failures, and the session after them. */
export const failures: readonly Case[] = [
  retried('after a close', 3, [closed, ok]),
  retried('after a reset', 3, [reset, reset, ok]),
  retried('all closed', 2, [closed]),
  retried('not a POST', 3, [closed, ok], { method: 'POST', data: 'x' }),
  retried('a POST where any method may', { total: 3, allowedMethods: null }, [closed, ok], {
    method: 'POST',
    data: 'x',
  }),
  retried('a PUT with its body', 3, [closed, ok], { method: 'PUT', data: 'again' }),
  retried('statuses on the list', { total: 3, statusForcelist: [500, 502] }, [status(500), status(502), ok]),
  retried('statuses on the list to the end', { total: 2, statusForcelist: [503] }, [status(503)]),
  retried('statuses on the list, the last one given', { total: 1, statusForcelist: [503], raiseOnStatus: false }, [
    status(503),
  ]),
  retried('a status not on the list', { total: 2, statusForcelist: [503] }, [status(500)]),
  retried('a status, but a POST', { total: 2, statusForcelist: [503] }, [status(503)], { method: 'POST' }),
  retried('Retry-After: 0', 2, [status(503, ['Retry-After', '0']), ok]),
  retried('Retry-After of the past', 2, [status(429, ['Retry-After', 'Thu, 01 Jan 1970 00:00:00 GMT']), ok]),
  retried('Retry-After to the end', 2, [status(429, ['Retry-After', '0'])]),
  retried('Retry-After with another status', 2, [status(500, ['Retry-After', '0'])]),
  retried('Retry-After not respected', { total: 2, respectRetryAfterHeader: false }, [
    status(503, ['Retry-After', '0']),
  ]),
  retried('Retry-After: -1', 2, [status(503, ['Retry-After', '-1'])]),
  retried('Retry-After: soon', 2, [status(503, ['Retry-After', 'soon'])]),
  retried('the status count runs out first', { total: 5, status: 1, statusForcelist: [503] }, [status(503)]),
  retried('the read count runs out first', { total: 5, read: 1 }, [closed]),
  retried('no reads', { total: 3, read: 0 }, [closed, ok]),
  retried('none', 0, [closed, ok]),
  retried('only on a port where nobody listens', 1, [ok], { url: '{closed}/x' }),
  retried('a stall', 1, [{ fault: 'stall' }, ok], { timeout: 700 }),
  retried('stalls to the end', 1, [{ fault: 'stall' }], { timeout: 400 }),
  one(
    'retry: the longest prefix decides',
    { url: '{echo}/busy' },
    {
      session: {
        retries: 0,
        mounts: [
          { prefix: '{echo}', retries: 2 },
          { prefix: '{echo}/other', retries: 0 },
        ],
      },
      replies: { '/busy': [closed, ok] },
    },
  ),
  one(
    'retry: another prefix does not',
    { url: '{echo}/busy' },
    {
      session: { retries: 0, mounts: [{ prefix: '{other}', retries: 2 }] },
      replies: { '/busy': [closed, ok] },
    },
  ),

  one('failure: nobody listens', { url: '{closed}/x' }),
  fails('a reset', reset),
  fails('a close', closed),
  fails('a stall', { fault: 'stall' }, { timeout: 400 }),
  fails('a stall, and a pair of timeouts', { fault: 'stall' }, { timeout: [2000, 400] }),
  fails('an end without an answer', { raw: '' }),
  fails(
    'a stall in the body',
    { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', stalls: true },
    { timeout: 400 },
  ),
  fails('a stall in the head', { raw: 'HTTP/1.1 200 OK\r\nContent-Le', stalls: true }, { timeout: 400 }),
  fails('no HTTP', { raw: 'SSH-2.0-OpenSSH_9.2\r\n' }),
  fails('a body that ends early', { raw: 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\nshort' }),
  fails('a chunk that ends early', {
    raw: 'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\na\r\nshort',
  }),
  fails('a bad chunk size', {
    raw: 'HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nbad\r\n0\r\n\r\n',
  }),
  fails('no gzip', { raw: gzip }),
  fails('no deflate', { raw: gzip.replace('gzip', 'deflate') }),
  {
    name: 'failure: and the session goes on',
    steps: ['/bad', '/good'].map((path) => ({ method: 'GET', url: `{echo}${path}` })),
    replies: { '/bad': [reset], '/good': [ok] },
  },
];
