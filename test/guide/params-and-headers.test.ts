import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requests } from '../../src/http/index.ts';
import type { ParamsInit } from '../../src/http/index.ts';
import { startDemoServer } from '../../tools/demo-server/server.ts';
import type { DemoServer } from '../../tools/demo-server/server.ts';

interface Found {
  readonly total_count: number;
  readonly items: readonly { readonly name: string; readonly text_matches?: readonly { readonly text: string }[] }[];
}

let server: DemoServer;
let search: string;

beforeAll(async () => {
  server = await startDemoServer();
  search = `${server.origin}/search/repositories`;
});

afterAll(() => server.close());

describe('a search', () => {
  test.each<[string, ParamsInit, string]>([
    ['a mapping', { q: 'requests+language:python' }, 'q=requests%2Blanguage%3Apython'],
    ['pairs', [['q', 'requests+language:python']], 'q=requests%2Blanguage%3Apython'],
    ['bytes', new TextEncoder().encode('q=requests+language:python'), 'q=requests+language:python'],
  ])('with params as %s', async (_kind, params, query) => {
    const response = await requests.get(search, { params });
    expect(response.url).toBe(`${search}?${query}`);
    const { items } = await response.json<Found>();
    expect(items.map(({ name }) => name)).toEqual(['requests', 'requests-cache']);
  });

  test('with the service’s own media type', async () => {
    const response = await requests.get(search, {
      params: { q: 'requests+language:python' },
      headers: { Accept: 'application/vnd.github.v3.text-match+json' },
    });
    const [first] = (await response.json<Found>()).items;
    expect(first?.text_matches).toEqual([{ text: 'requests' }]);
  });
});
