import { describe, expect, test } from 'vitest';
import type { Panel } from './driver/types.ts';
import type { Reply } from '../support/echo-server.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, ended, openResponseTab } from './support/compose.ts';

const HEAD = (type: string): string => `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nConnection: close\r\n\r\n`;

/** The reply that a handler is in the middle of: the test says what comes next. */
function held(): {
  handler: (request: unknown, reply: Reply) => Promise<void>;
  reply: Promise<Reply>;
  end: () => void;
} {
  let arrived: (reply: Reply) => void;
  let end: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const reply = new Promise<Reply>((resolve) => {
    arrived = resolve;
  });
  return {
    async handler(_request, taken) {
      arrived(taken);
      await Promise.race([over, taken.closed]);
      taken.end();
    },
    reply,
    end: () => end(),
  };
}

async function waitForCount(panel: Panel, words: string | RegExp, timeout = 20_000): Promise<void> {
  await panel.waitFor('region', 'Response body', { text: words }, { timeout });
}

inBothBrowsers('live streams', (stage) => {
  test('events are there as they come, whatever the method; what came is kept when one cancels', async () => {
    const { panel, echo } = stage;
    const { handler, reply } = held();
    echo.on('/events', handler);
    await compose(panel, { method: 'POST', url: `${echo.origin}/events`, body: { type: 'JSON', text: '{}' } });
    await panel.click('button', 'Send');
    const server = await reply;
    await server.write(HEAD('text/event-stream'));
    await server.write(Buffer.from('\uFEFF: hi\n\nid: 41\r\nevent: tick\r\ndata: {"n": 1.0}\r\n\r\n'));
    await waitForCount(panel, '2 events');
    await panel.waitFor('option', /: hi/);
    await panel.waitFor('option', /\d\d:\d\d:\d\d\.\d{3}.*tick.*\{"n": 1\.0\}/);

    await panel.click('option', /tick/);
    await panel.waitFor('region', 'Event 2', { text: '1.0' });
    // Its data is not only there, but in sight.
    expect(await panel.evaluate(`() => document.querySelector('.stream-data .row-list').clientHeight > 20`)).toBe(true);
    await server.write('id: 42\ndata: second\ndata: line\n\n');
    await waitForCount(panel, '3 events');

    await panel.click('button', 'Pause');
    await server.write('data: while paused\n\n');
    await panel.waitFor('region', 'Response body', { text: 'paused, 1 new' });
    expect(await panel.exists('option', /while paused/)).toBe(false);
    await panel.click('button', 'Pause');
    await panel.waitFor('option', /while paused/);

    await panel.fill('textbox', 'Filter events', 'SECOND');
    await waitForCount(panel, '1 of 4 events');
    await panel.fill('textbox', 'Filter events', '');

    await panel.click('button', 'Cancel');
    await ended(panel);
    await waitForCount(panel, '4 events');
    expect((await server.closed).by).toBe('client');
  });

  test('a reconnect says which event came last', async () => {
    const { panel, echo } = stage;
    await panel.click('button', 'Reconnect');
    const request = await echo.next((seen) => seen.path === '/events' && seen.field('last-event-id') !== undefined);
    expect([request.method, request.field('last-event-id')]).toEqual(['POST', '42']);
    await panel.click('button', 'Cancel');
    await ended(panel);
  });

  test('lines of JSON and of text are there as they come', async () => {
    const { panel, echo } = stage;
    for (const type of ['application/x-ndjson', 'text/plain']) {
      const { handler, reply, end } = held();
      echo.on('/lines', handler);
      await compose(panel, { method: 'GET', url: `${echo.origin}/lines`, body: { type: 'None' } });
      await panel.click('button', 'Send');
      const server = await reply;
      await server.write(`${HEAD(type)}{"a": 1}\r`);
      await waitForCount(panel, '1 line');
      await server.write('\n{"b": 2}\n{"c"');
      await waitForCount(panel, '3 lines');
      await panel.waitFor('option', /\{"b": 2\}/);
      end();
      await ended(panel);
      await waitForCount(panel, '3 lines');
    }
  });

  test('100,000 events are counted, found and kept', async () => {
    const { panel, echo } = stage;
    const all = Array.from({ length: 100_000 }, (_, n) => `id: ${n}\ndata: {"number": ${n}}\n\n`).join('');
    echo.on('/many', async (_request, reply) => {
      await reply.write(HEAD('text/event-stream') + all);
      reply.end();
    });
    await compose(panel, { method: 'GET', url: `${echo.origin}/many` });
    await panel.click('button', 'Send');
    await ended(panel);
    await waitForCount(panel, '100,000 events');
    await panel.focus('listbox', 'Events');
    await panel.press('End');
    await panel.waitFor('region', 'Event 100000', { text: '99999' });
    await panel.press('Escape');
    await panel.fill('textbox', 'Filter events', '": 4321}');
    await waitForCount(panel, '1 of 100,000 events');
    await panel.waitFor('option', /4321/);
    await panel.fill('textbox', 'Filter events', '');
    // Another tab and back: the events are read from what is kept.
    await openResponseTab(panel, 'Headers');
    await openResponseTab(panel, 'Body');
    await waitForCount(panel, '100,000 events');
  });

  describe('hostile streams', () => {
    /** Counts how long the page did not answer while `work` ran, in ms. */
    async function longestPause(panel: Panel, work: () => Promise<void>): Promise<number> {
      await panel.evaluate(`() => {
        let last = performance.now();
        globalThis.longestPause = 0;
        globalThis.pauseTimer = setInterval(() => {
          const now = performance.now();
          globalThis.longestPause = Math.max(globalThis.longestPause, now - last);
          last = now;
        }, 10);
      }`);
      await work();
      return panel.evaluate<number>('() => { clearInterval(globalThis.pauseTimer); return globalThis.longestPause; }');
    }

    test('no line end at all, and tiny events as fast as they go: the panel stays alive, the end is right', async () => {
      const { panel, echo } = stage;
      const mib = Buffer.alloc(1024 * 1024, 'x');
      const tiny = Buffer.from('data:\n\n'.repeat(150_000));
      echo.on('/endless', async (_request, reply) => {
        await reply.write(`${HEAD('text/event-stream')}data: first\n\ndata:`);
        for (let n = 0; n < 48; n++) await reply.write(mib);
        reply.end();
      });
      echo.on('/storm', async (_request, reply) => {
        await reply.write(HEAD('text/event-stream'));
        for (let n = 0; n < 10; n++) await reply.write(tiny);
        reply.end();
      });
      const pause = await longestPause(panel, async () => {
        await compose(panel, { method: 'GET', url: `${echo.origin}/endless` });
        await panel.click('button', 'Send');
        await ended(panel);
        await waitForCount(panel, '2 events');
        await panel.waitFor('option', /xxx/);
        await compose(panel, { method: 'GET', url: `${echo.origin}/storm` });
        await panel.click('button', 'Send');
        await ended(panel);
        await waitForCount(panel, '1,500,000 events');
      });
      expect(pause).toBeLessThan(1000);
    });
  });
});
