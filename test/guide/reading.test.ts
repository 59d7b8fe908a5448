import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codes, HTTPError, requests } from '../../src/http/index.ts';
import type { Response } from '../../src/http/index.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';
import type { DemoServer } from '../../tools/demo-server/server.ts';

let server: DemoServer;
let response: Response;

beforeAll(async () => {
  server = await startDemoServer();
  response = await requests.get(server.origin);
});

afterAll(() => server.close());

describe('the response to a GET', () => {
  test('its status', () => {
    expect(response.status).toBe(200);
    expect(response.status).toBe(codes['ok']);
    expect(response.ok).toBe(true);
  });

  test('its content, as bytes', async () => {
    expect((await response.content()).slice(0, 2)).toEqual(new TextEncoder().encode('{\n'));
  });

  test('its text, in the encoding that one sets', async () => {
    const again = await requests.get(`${server.origin}/encoding/utf8`);
    expect(again.encoding).toBe('utf-8');
    expect(await again.text()).toContain('Съешь');
    again.encoding = 'latin-1';
    expect(await again.text()).not.toContain('Съешь');
  });

  test('its JSON', async () => {
    expect(await response.json()).toMatchObject({ current_user_url: '/user' });
  });

  test('its fields, whatever their case', () => {
    expect(response.headers.get('Content-Type')).toBe('application/json');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('CONTENT-TYPE')).toBe('application/json');
    expect(Object.fromEntries(response.headers)).toHaveProperty('content-length');
  });
});

test('two addresses, one of them wrong', async () => {
  const outcomes: string[] = [];
  for (const path of ['', '/invalid']) {
    try {
      const answer = await requests.get(server.origin + path);
      answer.raiseForStatus();
      outcomes.push('Success!');
    } catch (error) {
      outcomes.push(
        error instanceof HTTPError ? `HTTP error occurred: ${error.message}` : `Other error: ${String(error)}`,
      );
    }
  }
  expect(outcomes).toEqual([
    'Success!',
    `HTTP error occurred: 404 Client Error: NOT FOUND for url: ${server.origin}/invalid`,
  ]);
});

test('a failure of another kind is no HTTPError', async () => {
  const gone = await startDemoServer();
  await gone.close();
  const failing = requests.get(gone.origin);
  await expect(failing).rejects.toMatchObject({ name: 'ConnectionError' });
  await expect(failing).rejects.not.toBeInstanceOf(HTTPError);
});

test('a response is what its status says', async () => {
  const missing = await requests.get(`${server.origin}/invalid`);
  expect(missing.ok).toBe(false);
  const empty = await requests.get(`${server.origin}/status/204`);
  expect(empty.ok).toBe(true);
});
