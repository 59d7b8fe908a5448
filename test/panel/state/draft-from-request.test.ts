import { expect, test } from 'vitest';
import type { RequestSpec } from '../../../src/model/request-spec.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { composedAgain, draftFromRequest } from '../../../src/panel/state/draft-from-request.ts';
import { newPart, newRow } from '../../../src/panel/state/rows.ts';
import { requestFromDraft } from '../../../src/panel/state/request-from-draft.ts';

const plain: RequestSpec = {
  method: 'POST',
  url: 'http://h/p?a=1&b=x+y#f',
  headers: [
    ['X-One', '1'],
    ['X-One', '2'],
    ['User-Agent', null],
  ],
  body: { kind: 'none' },
  auth: null,
  timeout: { connect: 1500, read: null, total: 30_000 },
  followRedirects: false,
  maxRedirects: 3,
  retries: 2,
  verify: false,
  cookies: 'none',
  storeBrowserCookies: false,
  keepAuthorization: true,
  session: 'default',
};

test.each<[string, Partial<RequestSpec>]>([
  ['nothing else', {}],
  ['JSON', { body: { kind: 'text', text: '{"a": 1.0}', contentType: 'application/json', json: true } }],
  ['text', { body: { kind: 'text', text: 'a\nb', contentType: null, json: false } }],
  ['a form', { body: { kind: 'form', pairs: [['a', '1']] } }],
  ['basic auth', { auth: { type: 'basic', username: 'u', password: 'p' } }],
  ['a token', { auth: { type: 'bearer', token: 't' } }],
  ['a field of its own', { auth: { type: 'custom', name: 'X-Key', value: 'k' } }],
  ['a limit', { responseLimit: 3 * 2 ** 20 }],
])('a request with %s is the same again after it was a draft', (_, change) => {
  const request = { ...plain, ...change };
  const { draft, files } = draftFromRequest(request, ['User-Agent', 'Accept']);
  expect(requestFromDraft(draft, files, null)).toEqual({ ok: true, request });
});

test('files come with the draft', () => {
  const file = new Blob(['content']);
  const { draft, files } = draftFromRequest(
    {
      ...plain,
      body: {
        kind: 'multipart',
        parts: [
          { name: 'f', value: file, filename: 'a.txt', contentType: 'text/plain' },
          { name: 't', value: 'text', filename: null, contentType: null },
        ],
      },
    },
    [],
  );
  const read = requestFromDraft(draft, files, null);
  expect(read).toMatchObject({
    ok: true,
    request: { body: { parts: [{ name: 'f', filename: 'a.txt', contentType: 'text/plain' }, { value: 'text' }] } },
  });
  expect([...files.values()].map(({ name, size }) => [name, size])).toEqual([['a.txt', 7]]);
});

test('an exact replay becomes a draft without what the connection adds and what it had not', () => {
  const { draft } = draftFromRequest(
    {
      ...plain,
      exact: true,
      headers: [
        ['Host', 'h'],
        ['Accept', '*/*'],
        ['Content-Length', '3'],
      ],
    },
    ['User-Agent', 'Accept', 'Connection'],
  );
  expect(draft.headers.map(({ name }) => name)).toEqual(['Accept']);
  expect(draft.defaultsOff).toEqual(['User-Agent']);
});

test('a draft comes back as it was composed, with the files that were sent', () => {
  const blank = newDraft();
  const parts = [
    newPart({ name: 'off', kind: 'file', filename: 'off.txt', enabled: false }),
    newPart({ name: 'word', value: 'a' }),
    newPart({ name: 'file', kind: 'file', filename: 'sent-as.txt' }),
    newPart(),
  ];
  const composed = {
    ...blank,
    url: 'http://h/?a=1',
    headers: [newRow({ name: 'X-Off', value: 'kept', enabled: false })],
    body: { ...blank.body, type: 'multipart' as const, multipart: parts, json: '{"left": "aside"}' },
  };
  const chosen = new Map([[parts[2]?.id ?? '', new File(['content'], 'on-disk.txt')]]);
  const read = requestFromDraft(composed, chosen, null);
  const { draft, files } = composedAgain(composed, read.ok ? read.request : null);
  expect({ ...draft, id: '' }).toEqual({ ...composed, id: '' });
  expect(requestFromDraft(draft, files, null)).toEqual(read);
  expect(composedAgain(composed, null).files.size).toBe(0);
});
