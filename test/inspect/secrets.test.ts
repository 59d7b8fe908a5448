import { expect, test } from 'vitest';
import { maskDeep, maskRawHttp } from '../../src/inspect/secrets.ts';
import { MASK } from '../../src/model/secrets.ts';

test('a raw message keeps its shape', () => {
  const raw = 'GET /a?token=1&b=2 HTTP/1.1\r\nHost: h\r\nCookie: sid=1\r\nX-Empty:\r\n\r\nCookie: in the body';
  expect(maskRawHttp(raw, [])).toBe(
    `GET /a?token=${MASK}&b=2 HTTP/1.1\r\nHost: h\r\nCookie: sid=${MASK}\r\nX-Empty:\r\n\r\nCookie: in the body`,
  );
});

test('whatever is stored is exported without its secrets', () => {
  const stored = {
    drafts: [
      {
        url: 'http://me:planted@h/?q=1',
        headers: [{ id: '1', name: 'Authorization', value: 'Bearer planted' }],
        auth: { type: 'custom', password: 'planted', token: 'planted', headerName: 'X', headerValue: 'planted' },
      },
    ],
    lines: [['Cookie', 'sid=planted'] as const, ['Accept', '*/*'] as const],
    jar: [{ key: 'sid', value: 'planted', domain: 'h' }],
    other: { 'X-Own': 'planted', kept: 'kept' },
  };
  const text = JSON.stringify(maskDeep(stored, ['x-own']));
  expect(text).not.toContain('planted');
  expect(text).toContain('"kept":"kept"');
  expect(text).toContain('http://');
});

test('the target of a request line is masked as the URL is', () => {
  expect(maskDeep({ target: '/path?token=planted&page=2' }, [])).toEqual({ target: `/path?token=${MASK}&page=2` });
});
