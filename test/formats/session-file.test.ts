import { expect, test } from 'vitest';
import { readSessionFile, withoutSecrets, writeSessionFile } from '../../src/formats/session/session-file.ts';
import { newSession, type SessionSettings, type StoredCookie } from '../../src/model/session.ts';

const row = (name: string, value: string) => ({ id: name, enabled: true, name, value });
const settings: SessionSettings = {
  ...newSession('s', 'API', 7),
  headers: [row('X-Plain', 'kept'), row('X-Api-Key', 'planted-key'), row('X-Token', '{{token}}')],
  params: [row('access_token', 'planted-param'), row('page', '2')],
  auth: {
    type: 'basic',
    username: 'alice',
    password: 'planted-password',
    token: '{{token}}',
    headerName: 'X-Own',
    headerValue: 'planted-value',
  },
};
const cookie: StoredCookie = {
  name: 'sid',
  value: 'planted-cookie',
  domain: 'h.test',
  hostOnly: true,
  path: '/',
  secure: false,
  httpOnly: true,
  sameSite: 'Lax',
  expires: null,
  creation: 1,
};

test('a session and its cookies are the same again', () => {
  const file = { settings, cookies: [cookie] };
  expect(readSessionFile(writeSessionFile(file))).toMatchObject(file);
});

test('without secrets nothing secret is in the file, and variables stay', () => {
  const text = writeSessionFile(withoutSecrets(settings, []));
  expect(text).not.toContain('planted');
  expect(text).toContain('kept');
  expect(text).toContain('alice');
  expect(text.match(/\{\{token\}\}/g)).toHaveLength(2);
  expect(withoutSecrets(settings, ['page']).settings.params[1]?.value).toBe('');
});

test.each(['', '[]', '{"format": "request-workbench-session", "version": 2}', '{"settings": {}}'])(
  '%s is none',
  (text) => {
    expect(readSessionFile(text)).toBeNull();
  },
);
