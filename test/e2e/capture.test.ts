import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReceivedRequest } from '../support/echo-server.ts';
import { pageRequests } from './capture/page-requests.ts';
import { asSeen, openCaptureSite, unmatched, type CaptureSite } from './capture/site.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { fidelityOf, filter, listed, replayAll, selectAll, waitForActive, waitForListed } from './support/captured.ts';

/** Bodies whose bytes Chromium shows to nobody but a recorder in the page. */
const UNSEEN_IN_CHROMIUM = [
  'a Blob with all byte values',
  'a multipart form with a file',
  'multipart with a binary file',
  'sendBeacon with a Blob',
];
const pathOf = (name: string): string => `/r/${pageRequests.findIndex((request) => request.name === name)}`;

inBothBrowsers('everything that a page sends', (stage) => {
  let site: CaptureSite;
  let originals: ReceivedRequest[];
  let replays: ReceivedRequest[];
  const { browser } = stage;

  /** Lets the page send everything; the requests of the page that the server saw, and that are listed. */
  async function sendAll(): Promise<ReceivedRequest[]> {
    await site.sendAll(stage.bench);
    // The last one is an EventSource, whose entry comes when it is closed.
    await site.server.next(({ path }) => path.endsWith('/events'));
    // DevTools asks for this one itself.
    const sent = site.server.requests.filter(({ path }) => !path.startsWith('/.well-known/'));
    await waitForListed(stage.panel, sent.length);
    return sent;
  }

  beforeAll(async () => {
    site = await openCaptureSite();
    await site.open(stage.bench);
    originals = await sendAll();
  });
  afterAll(async () => {
    site.server.assertClean();
    await site[Symbol.asyncDispose]();
  });

  test('is listed, each once, with method, path and status', async () => {
    expect(pageRequests.length).toBeGreaterThanOrEqual(60);
    expect(await listed(stage.panel)).toBe(originals.length);
    for (const [index, { name }] of pageRequests.entries()) {
      await filter(stage.panel, String.raw`/\/r\/${index}(?!\d)/`);
      await stage.panel
        .waitFor('option', new RegExp(`/r/${index}(?!\\d)`), {}, { index: 0 })
        .catch((cause: unknown) => {
          throw new Error(`“${name}” is not listed`, { cause });
        });
    }
    await filter(stage.panel, '');
  });

  test('has exact bodies, or says that it has not', async () => {
    await filter(stage.panel, 'is:incomplete');
    if (browser === 'firefox') {
      expect(await stage.panel.count('option', undefined, { within: { role: 'listbox', name: 'Captured' } })).toBe(0);
    } else {
      const paths = UNSEEN_IN_CHROMIUM.map(pathOf);
      const names = await stage.panel.names('option', { within: { role: 'listbox', name: 'Captured' } });
      expect(names.map((name) => /\/r\/\d+/.exec(name)?.[0] ?? name).sort()).toEqual(paths.sort());
    }
    await filter(stage.panel, '');
  });

  if (browser === 'chromium') {
    test('asks for the file of an incomplete body, and says whether it is the right one', async () => {
      const { panel } = stage;
      await panel.click('option', new RegExp(`${pathOf('a Blob with all byte values')} `));
      await panel.waitFor('region', 'Captured request', { text: /Body incomplete/ });
      await panel.click('button', 'Replay', { within: { role: 'group', name: 'Actions on the selection' } });
      await panel.waitFor('dialog', 'This body is incomplete');
      await panel.press('Escape');
      await panel.waitUntilGone('dialog', 'This body is incomplete');
    });

    test('has every body with the recorder in the page', async () => {
      const { panel } = stage;
      await panel.click('button', 'Record file and Blob bodies');
      await panel.waitFor('dialog', /Reload the page/);
      site.server.clear();
      await panel.click('button', 'Reload and record');
      await panel.waitFor('button', 'Record file and Blob bodies', { pressed: true });
      await site.server.next('/');
      await stage.bench.evaluateInPage(
        `new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', done))` as never,
      );
      originals = await sendAll();
      await filter(panel, 'is:incomplete');
      await panel.waitUntilGone('option', /POST/, { within: { role: 'listbox', name: 'Captured' }, timeout: 10_000 });
      await filter(panel, '');
      expect(await listed(panel)).toBe(originals.length);
    });
  }

  test('reaches the server again as it was: target, fields and bytes', async () => {
    const { panel } = stage;
    site.server.clear();
    await selectAll(panel);
    await replayAll(panel);
    replays = [...site.server.requests];
    expect(unmatched(originals, replays), 'not replayed as they were').toEqual([]);
    expect(replays).toHaveLength(originals.length);
  });

  test('has a report that says what the server saw', async () => {
    const { panel } = stage;
    const left = replays.map(asSeen);
    await panel.click('tab', /^Compare/);
    await panel.focus('listbox', 'Captured');
    await panel.press('Home');
    for (let entry = 0; entry < originals.length; entry += 1) {
      if (entry > 0) await panel.press('ArrowDown');
      await waitForActive(panel, entry);
      await panel.waitFor('region', 'Captured request', { text: /Fidelity: Identical on the wire/ });
      const report = await fidelityOf(panel);
      const lines = report.filter(({ part }) => !['Method', 'Target', 'Body'].includes(part));
      const sent = (wanted: string): string => report.find(({ part }) => part === wanted)?.sent ?? '';
      const claimed = [
        `${sent('Method')} ${sent('Target')}`,
        ...lines.map(({ part, sent: value }) => `${part.toLowerCase()}: ${value}`).sort(),
      ].join('\n');
      const at = left.findIndex((seen) => seen.startsWith(`${claimed}\n\n`));
      expect(at, `No request reached the server as claimed:\n${claimed}`).toBeGreaterThanOrEqual(0);
      left.splice(at, 1);
    }
    expect(left).toEqual([]);
  });
});

describe('a panel in a plain tab', () => {
  test.todo('says how to open DevTools');
});
