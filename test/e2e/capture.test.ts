import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReceivedRequest } from '../support/echo-server.ts';
import { pageRequests } from './capture/page-requests.ts';
import { asSeen, openCaptureSite, unmatched, type CaptureSite } from './capture/site.ts';
import type { Panel } from './driver/types.ts';
import { inBothBrowsers } from './support/browsers.ts';
import {
  fidelityOf,
  filter,
  LIST,
  listed,
  replayAll,
  selectAll,
  waitForActive,
  waitForListed,
} from './support/captured.ts';

/** Bodies whose bytes Chromium shows to nobody but a recorder in the page. */
const UNSEEN_IN_CHROMIUM = [
  'a Blob with all byte values',
  'a multipart form with a file',
  'multipart with a binary file',
  'sendBeacon with a Blob',
];
/** Gives the dialog's one file field these bytes: the browser's own dialog cannot be driven, the field behind it can. */
async function choose(panel: Panel, bytes: number[]): Promise<void> {
  await panel.evaluate((content: number[]) => {
    const field = document.querySelector<HTMLInputElement>('dialog input[type=file]');
    if (field === null) throw new Error('There is no file field');
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(content)], 'chosen.bin'));
    field.files = files.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }, bytes);
}

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
      expect(await stage.panel.count('option', undefined, { within: LIST })).toBe(0);
    } else {
      const paths = UNSEEN_IN_CHROMIUM.map(pathOf);
      const names = await stage.panel.names('option', { within: LIST });
      expect(names.map((name) => /\/r\/\d+/.exec(name)?.[0] ?? name).sort()).toEqual(paths.sort());
    }
    await filter(stage.panel, '');
  });

  if (browser === 'chromium') {
    test('asks for the file of an incomplete body, and is exact with the right one', async () => {
      const { panel } = stage;
      const path = pathOf('multipart with a binary file');
      await panel.click('option', new RegExp(`${path} `));
      await panel.waitFor('region', 'Captured request', { text: /Body incomplete/ });
      const replay = () =>
        panel.click('button', 'Replay', { within: { role: 'group', name: 'Actions on the selection' } });
      await replay();
      await panel.waitFor('dialog', 'This body is incomplete', { text: /file: ünï\.bin/ });
      await panel.press('Escape');
      await panel.waitUntilGone('dialog', 'This body is incomplete');

      await replay();
      await choose(panel, [1, 2, 3]);
      await panel.waitFor('dialog', 'This body is incomplete', { text: /With it the body has .* the original had/ });
      await choose(
        panel,
        Array.from({ length: 256 }, (_, at) => at),
      );
      await panel.waitFor('dialog', 'This body is incomplete', { text: /as the original had/ });
      const before = site.server.requests.length;
      await panel.click('button', 'Replay', { within: { role: 'dialog', name: 'This body is incomplete' } });
      const again = await site.server.next((request) => site.server.requests.indexOf(request) >= before);
      const original = originals.find((request) => request.path === path);
      if (original === undefined) throw new Error('The page did not send it');
      expect(asSeen(again)).toBe(asSeen(original));
      // The file is somebody's word: nothing proves that it is the same.
      await panel.waitFor('region', 'Captured request', { text: /is not proven/ });
    });

    test('has every body with the recorder in the page', async () => {
      const { panel } = stage;
      await panel.click('button', 'Record file and Blob bodies');
      await panel.waitFor('dialog', /Reload the page/);
      site.server.clear();
      await panel.click('button', 'Reload and record');
      await panel.waitFor('button', 'Record file and Blob bodies', { pressed: true });
      // The page before gives way to the new one.
      await panel.waitUntilGone('option', /\/r\/1 /, { within: LIST, timeout: 10_000 });
      await stage.bench.evaluateInPage(async () => {
        if (document.readyState !== 'complete') await new Promise((done) => addEventListener('load', done));
      });
      originals = await sendAll();
      await filter(panel, 'is:incomplete');
      await panel.waitUntilGone('option', /POST/, { within: LIST, timeout: 10_000 });
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
    await panel.check('button', 'Show secrets', true);
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
