import { expect, test } from 'vitest';
import type { Draft } from '../../../src/model/draft.ts';
import { newSession, type SessionSettings } from '../../../src/model/session.ts';
import { prefixWarning } from '../../../src/panel/sessions/prefix.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { requestFromDraft } from '../../../src/panel/state/request-from-draft.ts';
import { newRow } from '../../../src/panel/state/rows.ts';
import { changeOption, effectiveOptions } from '../../../src/panel/state/session-options.ts';
import { takenFromSession } from '../../../src/panel/state/taken-from-session.ts';

const plain = newSession('s', 'API', 1);
const session: SessionSettings = {
  ...plain,
  headers: [newRow({ name: 'X-Api', value: '42' }), newRow({ name: 'X-Off', value: 'x', enabled: false })],
  defaultsOff: ['User-Agent', 'x-api'],
  params: [
    newRow({ name: 'key', value: 'v' }),
    newRow({ name: 'lang', value: 'en' }),
    newRow({ name: 'page', value: '1' }),
  ],
  auth: { ...plain.auth, type: 'custom', headerName: 'X-Token', headerValue: 't' },
  followRedirects: false,
  raiseForStatus: true,
  verify: false,
};

function request(change: Partial<Draft>, own: SessionSettings | null = session) {
  const read = requestFromDraft({ ...newDraft(), url: 'http://h/', ...change }, new Map(), own);
  if (!read.ok) throw new Error(read.error.message);
  return read.request;
}

test('a request carries what its session gives, for the engine to merge', () => {
  const params = [newRow({ name: 'lang', value: 'de' }), newRow({ name: 'key', value: 'off', enabled: false })];
  const read = request({ session: 's', params, paramsOff: ['page', 'gone'] });
  expect(read.inherited).toEqual({
    headers: [
      ['User-Agent', null],
      ['X-Api', '42'],
    ],
    params: [
      ['key', 'v'],
      ['lang', 'en'],
      ['page', '1'],
    ],
    auth: { type: 'custom', name: 'X-Token', value: 't' },
  });
  // A row of the same name, and a param that was switched off.
  expect(read.paramsOff).toEqual(['lang', 'page']);
  expect(read).toMatchObject({
    session: 's',
    auth: null,
    maxRedirects: null,
    retries: null,
    verify: null,
    followRedirects: false,
    raiseForStatus: true,
  });
});

test('a request that says it has no credentials gets none', () => {
  const read = request({ auth: { ...newDraft().auth, type: 'none' } });
  expect([read.auth, read.inherited?.auth]).toEqual([null, null]);
  expect(takenFromSession(read, 'API')?.auth).toBeNull();
});

test('what was taken is named, but not what the request says itself', () => {
  const headers = [newRow({ name: 'x-API', value: 'own' })];
  expect(takenFromSession(request({ headers, paramsOff: ['page'] }), 'API')).toEqual({
    session: 'API',
    headers: new Set(),
    params: ['key', 'lang'],
    auth: 'x-token',
  });
  expect(takenFromSession(request({}), 'API')?.headers).toEqual(new Set(['x-api']));
  expect(takenFromSession(request({}, null), null)).toBeNull();
});

test('an option is the session’s until the request says otherwise, and again after it says the same', () => {
  const { options } = newDraft();
  expect(effectiveOptions(options, session)).toMatchObject({
    followRedirects: false,
    raiseForStatus: true,
    verify: false,
  });
  const own = { ...options, ...changeOption(options, 'followRedirects', true, session) };
  expect(effectiveOptions(own, session).followRedirects).toBe(true);
  expect(effectiveOptions(own, plain).followRedirects).toBe(true);
  const again = { ...own, ...changeOption(own, 'followRedirects', false, session) };
  expect(again).toEqual(options);
  expect(effectiveOptions({ ...options, verify: false }, plain).verify).toBe(false);
});

test.each([
  ['https://a.example', /also matches https:\/\/a\.example\.evil/],
  ['HTTP://A.example', /also matches/],
  ['http://127.0.0.1:80', /also matches http:\/\/127\.0\.0\.1:800/],
  ['https://a.example/', null],
  ['https://a.example/v1', null],
  ['https://', null],
  ['h', null],
  ['', /every URL/],
  ['a.example', /No URL/],
])('the prefix %s', (prefix, said) => {
  const warning = prefixWarning(prefix, [prefix]);
  if (said === null) expect(warning).toBeNull();
  else expect(warning).toMatch(said);
});

test('a prefix that is mounted twice', () => {
  expect(prefixWarning('https://a/', ['https://A/', 'https://a/'])).toMatch(/twice/);
});
