import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEntryList } from '../../src/panel/capture/entry-list.ts';
import { entryFromHar } from '../../src/panel/capture/entry-from-har.ts';
import { parseFilter } from '../../src/panel/capture/filter.ts';
import { readHarEntry } from '../../src/panel/capture/har.ts';
import { stringPool } from '../../src/panel/capture/intern.ts';
import { trackVisible } from '../../src/panel/capture/visible-entries.ts';
import type { CapturedEntry } from '../../src/model/captured-entry.ts';
import { fillCapture } from '../e2e/support/capture-scale.ts';
import type { Measure } from './measure.ts';

const ENTRIES = 20_000;

/** The text of a HAR entry as Chromium gives it: each is parsed anew, so no string is shared from the start. */
function harText(index: number): string {
  const field = (name: string, value: string): object => ({ name, value });
  return JSON.stringify({
    _resourceType: 'fetch',
    _initiator: {
      type: 'script',
      stack: { callFrames: [{ url: `https://cdn.example/app-${index % 40}.js`, lineNumber: 7 }] },
    },
    startedDateTime: new Date(1_700_000_000_000 + index * 10).toISOString(),
    time: 12.5,
    request: {
      method: index % 7 === 0 ? 'POST' : 'GET',
      url: `https://api.example.com/v2/projects/${index % 100}/items/${index}?expand=owner&fields=id,name&page=${index % 9}`,
      httpVersion: 'http/2.0',
      headers: [
        field('accept', 'application/json, text/plain, */*'),
        field('accept-encoding', 'gzip, deflate, br, zstd'),
        field('accept-language', 'en-GB,en;q=0.9,de;q=0.8'),
        field('authorization', `Bearer ${'eyJhbGciOiJSUzI1NiJ9.'.repeat(20)}`),
        field('cookie', `session=${'0123456789abcdef'.repeat(8)}; theme=dark; consent=1`),
        field('dnt', '1'),
        field('origin', 'https://app.example.com'),
        field('priority', 'u=1, i'),
        field('referer', `https://app.example.com/projects/${index % 100}`),
        field('sec-ch-ua', '"Not:A-Brand";v="8", "Chromium";v="156", "Google Chrome";v="156"'),
        field('sec-ch-ua-mobile', '?0'),
        field('sec-ch-ua-platform', '"Linux"'),
        field('sec-fetch-dest', 'empty'),
        field('sec-fetch-mode', 'cors'),
        field('sec-fetch-site', 'same-site'),
        field(
          'user-agent',
          'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
        ),
        field('x-request-id', `req-${index}-${(index * 7919) % 100_003}`),
      ],
    },
    response: {
      status: index % 11 === 0 ? 404 : 200,
      statusText: '',
      headers: [
        field('cache-control', 'no-cache, private'),
        field('content-encoding', 'br'),
        field(
          'content-security-policy',
          `default-src 'self'; script-src 'self' 'nonce-${(index * 104_729) % 1_000_003}'`,
        ),
        field('content-type', 'application/json; charset=utf-8'),
        field('date', new Date(1_700_000_000_000 + index * 10).toUTCString()),
        field('etag', `W/"${(index * 15_485_863) % 1_000_000_007}"`),
        field('server', 'nginx'),
        field('strict-transport-security', 'max-age=63072000; includeSubDomains; preload'),
        field('vary', 'Accept-Encoding, Origin'),
        field('x-content-type-options', 'nosniff'),
        field('x-request-id', `req-${index}-${(index * 7919) % 100_003}`),
        field('x-runtime', `0.0${index % 97}`),
      ],
      content: { size: 2048 + (index % 4096), mimeType: 'application/json' },
      _transferSize: 900,
    },
    timings: { blocked: 1, dns: -1, connect: -1, ssl: -1, send: 0.2, wait: 10, receive: 1.3 },
    serverIPAddress: '203.0.113.7',
  });
}

function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

function entries(): CapturedEntry[] {
  const intern = stringPool();
  return Array.from({ length: ENTRIES }, (_, index) => {
    const har = readHarEntry(JSON.parse(harText(index)));
    if (har === null) throw new Error('Not a HAR entry');
    return entryFromHar(har, { id: `c${index}`, body: { state: 'none' }, intern, writesHttp1: false });
  });
}

const FILTERS = [
  'items/77',
  'method:POST status:4xx',
  'domain:example.com -page=3',
  'type:json larger-than:4k',
  String.raw`/items\/\d*5\?/`,
];

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** The captured list with 20,000 entries: its memory, its filter, and the real panel in both browsers. */
export async function run(): Promise<Measure[]> {
  const empty = heap();
  const list = createEntryList();
  list.put(entries());
  const perEntry = (heap() - empty) / ENTRIES / 1024;

  const visible = trackVisible(list);
  const times = [...FILTERS, ...FILTERS, ...FILTERS, ...FILTERS].map((text) => {
    const start = performance.now();
    visible({
      filter: parseFilter(text),
      order: { by: 'url', descending: false },
      pinned: new Set(),
      replayed: new Set(),
    });
    return performance.now() - start;
  });

  const measures: Measure[] = [
    { name: 'memory of a captured request without bodies', value: perEntry, unit: 'KiB', limit: 4 },
    { name: 'filtering and sorting 20,000 of them by URL, median', value: median(times), unit: 'ms', limit: 50 },
  ];
  for (const browser of ['chromium', 'firefox'] as const) {
    // The page itself is an entry too, and the list holds no more.
    const long = await fillCapture(browser, ENTRIES - 1);
    const { filter, scroll } = await long.measure();
    await long.close();
    measures.push(
      { name: `filtering in the real panel, median (${browser})`, value: filter, unit: 'ms', limit: 50 },
      { name: `longest frame while scrolling in the real panel (${browser})`, value: scroll, unit: 'ms', limit: 50 },
    );
  }
  return measures;
}
