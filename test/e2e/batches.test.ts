import { expect, test } from 'vitest';
import type { EchoServer } from '../support/echo-server.ts';
import type { Panel, Target, Workbench } from './driver/types.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { filter, LIST, selectAll, waitForListed } from './support/captured.ts';
import { importFile, openCollections, TREE } from './support/collections.ts';
import { compose, send } from './support/compose.ts';
import { resultRows } from './support/results.ts';

const LISTS: Target = { role: 'tablist', name: 'Lists' };
const IMPORT: Target = { role: 'dialog', name: 'Import a collection' };
const BATCH: Target = { role: 'region', name: 'Batch' };

/** How often each path below `/item/` was asked for, from the request of that number on. */
function counts(echo: EchoServer, from: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { path } of echo.requests.slice(from)) {
    if (path.startsWith('/item/')) seen.set(path, (seen.get(path) ?? 0) + 1);
  }
  return seen;
}

let pages = 0;

/** Opens a page anew, and an empty list of what it sends. */
async function openPage(bench: Workbench, echo: EchoServer): Promise<void> {
  const { panel } = bench;
  await panel.click('tab', 'Captured', { within: LISTS });
  await filter(panel, '');
  pages += 1;
  await bench.inspect(`${echo.origin}/page?open=${pages}`);
  await panel.waitFor('option', new RegExp(`open=${pages} `), {}, { within: LIST });
  await panel.click('button', 'Clear');
}

/** Lets the page ask for that many items, and opens them as a batch. */
async function batchOfItems(bench: Workbench, echo: EchoServer, count: number): Promise<void> {
  const { panel } = bench;
  await openPage(bench, echo);
  await bench.evaluateInPage(async (items: number) => {
    for (let n = 0; n < items; n++) await (await fetch(`/item/${n}`)).text();
  }, count);
  await filter(panel, '/item/');
  await waitForListed(panel, count);
  await selectAll(panel);
  await panel.click('button', 'Run as batch…');
  await panel.waitFor('region', 'Batch', { text: `${count} requests to 1 host` });
}

async function start(panel: Panel, host: string): Promise<void> {
  await panel.check('checkbox', new RegExp(`^Send to ${host.replaceAll('.', String.raw`\.`)}`), true);
  await panel.click('button', 'Start');
}

const ended = async (panel: Panel): Promise<string> =>
  (await panel.waitFor('status', /.*/, { text: /^done/ }, { within: BATCH, timeout: 30_000 })).text;

inBothBrowsers('Batches', (stage) => {
  test('a selection is sent again once its hosts are confirmed, and compared with the originals', async () => {
    const { bench, panel, echo } = stage;
    for (let n = 0; n < 12; n++) {
      echo.on(`/item/${n}`, ({ path }, reply) => {
        const isFirst = echo.requests.filter((request) => request.path === path).length === 1;
        const body = n === 7 && !isFirst ? 'not as it was' : 'as it was';
        return reply.send({ body, fields: [['Content-Type', 'text/plain']] });
      });
    }
    await batchOfItems(bench, echo, 12);
    await panel.waitFor('button', 'Start', { disabled: true });
    const before = echo.requests.length;
    await start(panel, new URL(echo.origin).host);
    expect(await ended(panel)).toMatch(/^done\s+12 of 12/);
    expect([...counts(echo, before).values()]).toEqual(Array.from({ length: 12 }, () => 1));

    const rows = await resultRows(panel);
    expect(rows).toHaveLength(12);
    expect(rows[7]).toEqual(expect.arrayContaining(['8', '200']));
    await panel.select('combobox', 'Show', 'Different');
    await expect
      .poll(async () => (await resultRows(panel)).map((row) => row[1]))
      .toEqual([expect.stringContaining('/item/7')]);
    await panel.click('row', /item\/7/, { within: BATCH });
    await panel.waitFor('region', 'Result of a batch', { text: 'Result 8 of 12' });
    await panel.waitFor('region', 'Response body', { text: 'not as it was' });
    await panel.click('button', 'Back to the request');
    await panel.waitFor('textbox', 'URL');
  });

  test('none is sent twice and none is skipped, though the background is killed and the panel closed', async () => {
    const { bench, panel, echo } = stage;
    await batchOfItems(bench, echo, 60);
    // The last ones wait until the panel is closed: however fast, the batch is not over by then.
    let goOn = (): void => {};
    const closed = new Promise<void>((resolve) => (goOn = resolve));
    const held = Array.from({ length: 20 }, (_, n) =>
      echo.on(`/item/${40 + n}`, async (_request, reply) => {
        await closed;
        await reply.send({ body: 'late' });
      }),
    );
    const before = echo.requests.length;
    const reached = (count: number): Promise<void> =>
      expect.poll(() => counts(echo, before).size, { interval: 5, timeout: 20_000 }).toBeGreaterThanOrEqual(count);
    await start(panel, new URL(echo.origin).host);
    await reached(10);
    await bench.killBackground();
    await reached(30);
    await bench.closeDevTools();
    goOn();
    await bench.openDevTools();
    await panel.click('tab', 'Batches', { within: LISTS });
    await panel.click('option', /interrupted/);
    await panel.waitFor('region', 'Batch', { text: 'It was interrupted' });
    await panel.click('button', 'Resume');
    const summary = await ended(panel);
    expect(summary).toMatch(/^done\s+60 of 60/);
    const unknown = Number(/(\d+) unknown/.exec(summary)?.[1] ?? 0);
    expect(unknown).toBeLessThanOrEqual(4);
    const seen = counts(echo, before);
    expect(Math.max(...seen.values())).toBe(1);
    expect(seen.size).toBeGreaterThanOrEqual(60 - unknown);
    await panel.select('combobox', 'Show', 'Not done');
    const cut = (await resultRows(panel)).map((row) => row[2] ?? '');
    expect(cut).toEqual(Array.from({ length: unknown }, () => expect.stringContaining('outcome unknown')));
    for (const off of held) off();
    await panel.click('button', 'Back to the request');
  });

  test('a redirect to a host that was not confirmed is not followed', async () => {
    const { panel, echo } = stage;
    const elsewhere = echo.origin.replace('127.0.0.1', 'other.test');
    echo.on('/away', (_request, reply) => reply.send({ status: 302, fields: [['Location', `${elsewhere}/there`]] }));
    await compose(panel, { method: 'GET', url: `${echo.origin}/away` });
    expect(await send(panel)).toContain('200');
    await panel.click('tab', 'History', { within: LISTS });
    await panel.click('option', /there/, { within: { role: 'listbox', name: 'History' } });
    await panel.click('button', 'Run as batch…');
    const before = echo.requests.length;
    await start(panel, new URL(echo.origin).host);
    await ended(panel);
    const [row] = await resultRows(panel);
    expect(row?.[2]).toMatch(/302\s*OutOfScope/);
    expect(echo.requests.slice(before).map(({ path }) => path)).toEqual(['/away']);
    await panel.click('button', 'Back to the request');
  });

  test('a folder of saved requests runs as a batch, each with what its folders give', async () => {
    const { panel, echo } = stage;
    const token = { name: 'token', value: 'of-the-collection' };
    const items = [1, 2, 3].map((n) => ({ kind: 'request', name: `Saved ${n}`, url: `{{base}}/item/${n}` }));
    await openCollections(panel);
    await importFile(
      panel,
      'shop.json',
      JSON.stringify({
        format: 'request-workbench-collection',
        version: 1,
        name: 'Shop',
        auth: { type: 'bearer', token: '{{token}}' },
        headers: [{ name: 'X-Tenant', value: 'north' }],
        variables: [{ name: 'base', value: echo.origin }, token],
        items: [
          { kind: 'folder', name: 'Items', params: [{ name: 'page', value: '2' }], items },
          { kind: 'request', name: 'Broken', url: '{{nowhere}}/' },
        ],
      }),
    );
    await panel.click('button', 'Import', { within: IMPORT });
    await panel.waitFor('status', '', { text: 'Imported' }, { within: IMPORT });
    await panel.click('button', 'Close', { within: IMPORT });
    await panel.click('treeitem', /^Shop/, { within: TREE });
    await panel.click('button', 'Run as batch…');
    await panel.waitFor('region', 'Batch', {
      text: /Shop.*3 requests to 1 host.*1 request was left out: “Broken”/s,
    });
    const before = echo.requests.length;
    await start(panel, new URL(echo.origin).host);
    expect(await ended(panel)).toMatch(/^done\s+3 of 3/);
    const sent = echo.requests.slice(before).sort((a, b) => (a.target < b.target ? -1 : 1));
    expect(sent.map(({ target }) => target)).toEqual([1, 2, 3].map((n) => `/item/${n}?page=2`));
    for (const request of sent) {
      expect(request.all('authorization')).toEqual(['Bearer of-the-collection']);
      expect(request.all('x-tenant')).toEqual(['north']);
    }
    await panel.click('button', 'Back to the request');
  });

  test('fifty variations at a time keep their values apart, and what they bring back stands in columns', async () => {
    const { panel, echo } = stage;
    echo.on('/vary', (request, reply) => reply.send({ body: `you are ${request.field('x-id') ?? ''}` }));
    await compose(panel, {
      method: 'GET',
      url: `${echo.origin}/vary?n=§0§`,
      headers: [
        ['X-Id', '§0§'],
        ['Cookie', 'id=§0§'],
        ['User-Agent', 'agent-§0§'],
      ],
      body: { type: 'None' },
    });
    await panel.click('button', 'Vary…');
    await panel.select('combobox', 'Vary', 'All positions alike');
    await panel.select('combobox', 'Values', 'A range of numbers');
    await panel.fill('textbox', 'To', '50');
    await panel.click('button', 'Add a column');
    await panel.select('combobox', 'Show', 'What matches');
    await panel.fill('textbox', 'Text to look for', String.raw`you are (\d+)`);
    await panel.check('checkbox', 'Regular expression', true);
    await panel.click('button', 'Next: hosts');
    await panel.fill('textbox', 'At a time', '50');
    const before = echo.requests.length;
    await start(panel, new URL(echo.origin).host);
    expect(await ended(panel)).toMatch(/^done\s+51 of 51/);

    const seen = echo.requests.slice(before).filter(({ path }) => path === '/vary');
    for (const request of seen) {
      const id = request.field('x-id') ?? '';
      expect(request.target).toBe(`/vary?n=${id}`);
      expect([request.all('cookie'), request.all('user-agent')]).toEqual([[`id=${id}`], [`agent-${id}`]]);
    }
    expect(seen.map((request) => Number(request.field('x-id'))).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 51 }, (_, n) => n),
    );
    const [baseline, first] = await resultRows(panel);
    expect(baseline?.slice(1, 3)).toEqual(['Unvaried request', '200']);
    expect(first?.[1]).toContain('1');
    expect(first?.at(-1)).toBe('1');
    await panel.click('button', 'Back to the request');
  });

  test('who gets what: a weaker identity that gets what only a stronger one should is flagged', async () => {
    const { panel, bench, echo } = stage;
    echo.on('/open', (_request, reply) => reply.send({ body: 'the secret' }));
    echo.on('/closed', (request, reply) =>
      request.field('authorization') === undefined
        ? reply.send({ status: 401, body: 'no' })
        : reply.send({ body: 'the secret' }),
    );
    await openPage(bench, echo);
    await filter(panel, 'secured');
    await bench.evaluateInPage(async () => {
      for (const path of ['/open?secured', '/closed?secured']) {
        await (await fetch(path, { headers: { Authorization: 'Bearer mine' } })).text();
      }
    });
    await waitForListed(panel, 2);
    await selectAll(panel);
    await panel.click('button', 'Run as batch…');
    await panel.waitFor('region', 'Batch', { text: '2 requests to 1 host' });
    await panel.check('checkbox', 'No credentials', true);
    const before = echo.requests.length;
    await start(panel, new URL(echo.origin).host);
    expect(await ended(panel)).toMatch(/^done\s+4 of 4/);
    expect(
      echo.requests
        .slice(before)
        .map((request) => request.field('authorization') ?? 'none')
        .sort(),
    ).toEqual(['Bearer mine', 'Bearer mine', 'none', 'none']);
    await panel.waitFor('gridcell', /200.*same!/);
    await panel.waitFor('gridcell', /401/);
    await panel.select('combobox', 'Show', 'Flagged');
    await expect.poll(() => panel.count('gridcell', /GET .*closed/)).toBe(0);
    expect(await panel.count('gridcell', /GET .*open/)).toBe(1);
    await panel.click('button', 'Back to the request');
  });
});
