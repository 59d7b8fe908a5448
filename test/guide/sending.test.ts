import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requests } from '../../src/http/index.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';
import type { DemoServer } from '../../tools/demo-server/server.ts';

let server: DemoServer;

beforeAll(async () => {
  server = await startDemoServer();
});

afterAll(() => server.close());

describe('the other methods', () => {
  test('POST, PUT, PATCH and DELETE with data', async () => {
    const data = { key: 'value' };
    const answers = [
      await requests.post(`${server.origin}/post`, { data }),
      await requests.put(`${server.origin}/put`, { data }),
      await requests.patch(`${server.origin}/patch`, { data }),
    ];
    for (const answer of answers) expect(await answer.json()).toMatchObject({ form: data });
    expect((await requests.delete(`${server.origin}/delete`)).status).toBe(200);
  });

  test('HEAD has fields and no body', async () => {
    const response = await requests.head(`${server.origin}/get`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.content()).toHaveLength(0);
  });

  test('OPTIONS tells what is allowed', async () => {
    const response = await requests.options(`${server.origin}/get`);
    expect(response.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'OPTIONS']);
  });
});

describe('the body of a POST', () => {
  test('a form, from a mapping or from pairs', async () => {
    for (const data of [{ key: 'value' }, [['key', 'value']] as const]) {
      const response = await requests.post(`${server.origin}/post`, { data });
      expect(await response.json()).toMatchObject({
        form: { key: 'value' },
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      });
    }
  });

  test('JSON', async () => {
    const response = await requests.post(`${server.origin}/post`, { json: { key: 'value' } });
    expect(await response.json()).toMatchObject({
      data: '{"key": "value"}',
      json: { key: 'value' },
      headers: { 'Content-Type': 'application/json', 'Content-Length': '16' },
    });
  });

  test('the request that was prepared', async () => {
    const { request } = await requests.post(`${server.origin}/post`, { json: { key: 'value' } });
    expect(request.headers.get('Content-Type')).toBe('application/json');
    expect(request.url).toBe(`${server.origin}/post`);
    expect(request.body).toEqual({ kind: 'bytes', bytes: new TextEncoder().encode('{"key": "value"}') });
  });
});
