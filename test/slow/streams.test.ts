import { expect, test } from 'vitest';
import { inBothBrowsers } from '../e2e/support/browsers.ts';
import { compose, ended } from '../e2e/support/compose.ts';

const MIB = 1024 * 1024;
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n';

inBothBrowsers('hostile streams in full size', (stage) => {
  async function send(path: string): Promise<void> {
    await compose(stage.panel, { method: 'GET', url: `${stage.echo.origin}${path}` });
    await stage.panel.click('button', 'Send');
  }

  /** What the page has on its heap, where the browser tells. */
  const heap = (): Promise<number> =>
    stage.panel.evaluate<number>('() => performance.memory === undefined ? 0 : performance.memory.usedJSHeapSize');

  test('a gigabyte without a line end', async () => {
    const { panel, echo } = stage;
    const piece = Buffer.alloc(MIB, 'x');
    echo.on('/endless', async (_request, reply) => {
      await reply.write(`${HEAD}data:`);
      for (let n = 0; n < 1024; n++) await reply.write(piece);
      reply.end();
    });
    const before = await heap();
    await send('/endless');
    await panel.waitFor('option', /xxx/);
    // Half-way through it answers as ever.
    await panel.click('option', /xxx/);
    await ended(panel, 300_000);
    await panel.waitFor('region', 'Response body', { text: '1 event' }, { timeout: 120_000 });
    expect(await heap()).toBeLessThan(before + 64 * MIB);
  });

  test('a million tiny events a second, for as long as ten seconds take', async () => {
    const { panel, echo } = stage;
    const piece = Buffer.from('data:x\n\n'.repeat(100_000));
    echo.on('/storm', async (_request, reply) => {
      await reply.write(HEAD);
      for (let n = 0; n < 100; n++) await reply.write(piece);
      reply.end();
    });
    const before = await heap();
    await send('/storm');
    await ended(panel, 300_000);
    await panel.waitFor('region', 'Response body', { text: '10,000,000 events' }, { timeout: 120_000 });
    await panel.focus('listbox', 'Events');
    await panel.press('End');
    await panel.waitFor('region', 'Event 10000000');
    expect(await heap()).toBeLessThan(before + 64 * MIB);
  });

  test('a stream that nobody listens to any more is ended after 30 s', async () => {
    const { bench, panel, echo } = stage;
    let closed: Promise<{ readonly by: string; readonly at: number }> | undefined;
    echo.on('/for-ever', async (_request, reply) => {
      ({ closed } = reply);
      await reply.write(`${HEAD}data: one\n\n`);
      await reply.closed;
    });
    await send('/for-ever');
    await panel.waitFor('option', /one/);
    const left = performance.now();
    await bench.closeDevTools();
    const { by, at } = (await closed) ?? { by: '', at: 0 };
    expect(by).toBe('client');
    expect((at - left) / 1000).toBeGreaterThan(25);
    expect((at - left) / 1000).toBeLessThan(60);
    await bench.openDevTools();
  });
});
