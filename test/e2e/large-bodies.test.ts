import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inBothBrowsers } from './support/browsers.ts';
import { chooseFile } from './support/choose-file.ts';
import { compose, ended, openRequestTab, send } from './support/compose.ts';
import { save } from './support/saved-file.ts';

const downloads = await mkdtemp(join(tmpdir(), 'workbench-saved-'));
afterAll(() => rm(downloads, { recursive: true, force: true }));

const MIB = 2 ** 20;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Lines of 16 bytes, each with its number: nothing repeats, and any place is found again. */
function numbered(size: number): Buffer {
  return Buffer.from(Array.from({ length: size / 16 }, (_, line) => `${String(line).padStart(14, '0')},\n`).join(''));
}

const head = (length: number, type = 'text/plain'): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

inBothBrowsers(
  'Large bodies',
  (stage) => {
    test('64 MiB: the first part and the progress while it runs, every byte at the end', async () => {
      const { panel, echo } = stage;
      const body = numbered(64 * MIB);
      let goOn = (): void => {};
      const seen = new Promise<void>((resolve) => (goOn = resolve));
      echo.on('/large.txt', async (_request, reply) => {
        await reply.write(head(body.length));
        await reply.write(body.subarray(0, 16 * MIB));
        await seen;
        await reply.write(body.subarray(16 * MIB));
      });
      await compose(panel, { method: 'GET', url: `${echo.origin}/large.txt`, body: { type: 'None' } });
      await panel.click('button', 'Send');
      await panel.waitFor('region', 'Response body', { text: '00000000000003,' });
      await panel.waitFor('region', 'Response', { text: /\b1[56](?:\.\d+)? MiB of 64(?:\.0+)? MiB/ });
      expect(await panel.exists('progressbar', 'Progress')).toBe(true);
      goOn();
      expect(await ended(panel, 60_000)).toContain('200 OK');
      expect(await panel.exists('progressbar', 'Progress')).toBe(false);
      expect(sha256(await save(panel, downloads, 'large.txt', body.length))).toBe(sha256(body));
    });

    // What is longer than 128 KiB is read in a worker alone: where that cannot start, nothing is shown.
    test('its last line is found', async () => {
      const { panel } = stage;
      await panel.click('button', 'Find');
      const last = String((64 * MIB) / 16 - 1).padStart(14, '0');
      await panel.fill('textbox', 'Find in body', last, { within: { role: 'search' } });
      await panel.waitFor('search', /.*/, { text: '1 of 1' }, { timeout: 30_000 });
      await panel.waitFor('region', 'Response body', { text: last });
      await panel.click('button', 'Close find');
    });

    test('JSON of several megabytes keeps its numbers as they were sent', async () => {
      const { panel, echo } = stage;
      const items = Array.from({ length: 50_000 }, (_, n) => `{"id": 9007199254740993${n}, "price": ${n}.0}`);
      echo.on('/items.json', (_request, reply) =>
        reply.send({ fields: [['Content-Type', 'application/json']], body: `[${items.join(',')}]` }),
      );
      await compose(panel, { url: `${echo.origin}/items.json` });
      expect(await send(panel)).toContain('200 OK');
      await panel.waitFor('region', 'Response body', { text: /"id": 90071992547409931,\s*"price": 1\.0/ });
      expect(await panel.text('region', 'Response')).not.toContain('JSONDecodeError');
    });

    test('one line of 8 MiB is shown and searched', async () => {
      const { panel, echo } = stage;
      const body = numbered(8 * MIB)
        .toString()
        .replaceAll('\n', ' ');
      echo.on('/line.txt', (_request, reply) => reply.send({ fields: [['Content-Type', 'text/plain']], body }));
      await compose(panel, { url: `${echo.origin}/line.txt` });
      expect(await send(panel)).toContain('200 OK');
      await panel.waitFor('region', 'Response body', { text: '00000000000001,' });
      await panel.click('button', 'Find');
      await panel.fill('textbox', 'Find in body', '00000000524287,', { within: { role: 'search' } });
      await panel.waitFor('search', /.*/, { text: '1 of 1' }, { timeout: 30_000 });
    });

    // The line of the test before: a pattern runs in a worker that a worker has started.
    test('a regular expression is counted, and one that never ends is ended', async () => {
      const { panel } = stage;
      const field = { within: { role: 'search' } } as const;
      await panel.check('button', 'Regular expression', true, field);
      await panel.fill('textbox', 'Find in body', String.raw`\b0{6}\d{7}7,`, field);
      await panel.waitFor('search', /.*/, { text: '1 of 52,429' }, { timeout: 30_000 });
      await panel.fill('textbox', 'Find in body', String.raw`(?:[\d, ]+)+x`, field);
      await panel.waitFor('search', /.*/, { text: 'PatternTimeout' }, { timeout: 30_000 });
      await panel.fill('textbox', 'Find in body', '(', field);
      await panel.waitFor('search', /.*/, { text: 'No regular expression' });
      await panel.check('button', 'Regular expression', false, field);
      await panel.fill('textbox', 'Find in body', '00000000524287,', field);
      await panel.waitFor('search', /.*/, { text: '1 of 1' }, { timeout: 30_000 });
      await panel.click('button', 'Close find');
    });

    // Firefox keeps a Blob's bytes in a file, and removes it with the first of the Blobs that were made of it.
    test('a body stays readable when the background has gone, and all that it held', async () => {
      const { panel, bench } = stage;
      await bench.killBackground();
      await bench.collectGarbage();
      await panel.click('button', 'Find');
      await panel.fill('textbox', 'Find in body', '00000000524286,', { within: { role: 'search' } });
      await panel.waitFor('search', /.*/, { text: '1 of 1' }, { timeout: 30_000 });
      await panel.waitFor('region', 'Response body', { text: '00000000524286,' });
      await panel.click('button', 'Close find');
    });

    test('a limit ends the exchange, says so, and keeps what came', async () => {
      const { panel, echo } = stage;
      const body = numbered(4 * MIB);
      echo.on('/limited.txt', (_request, reply) => reply.send({ fields: [['Content-Type', 'text/plain']], body }));
      await compose(panel, { url: `${echo.origin}/limited.txt` });
      await openRequestTab(panel, 'Options');
      await panel.fill('textbox', 'Response size limit (MiB)', '1.5');
      expect(await send(panel)).toContain('ResponseTooLarge');
      await panel.waitFor('region', 'Response', { text: /ResponseTooLarge: the body was cut off after 1\.5\d* MiB/ });
      const kept = await save(panel, downloads, 'limited.txt', 1.5 * MIB);
      expect(kept.equals(body.subarray(0, 1.5 * MIB))).toBe(true);
      await panel.fill('textbox', 'Response size limit (MiB)', '4');
      expect(await send(panel)).not.toContain('ResponseTooLarge');
      await panel.fill('textbox', 'Response size limit (MiB)', '');
    });

    test('Cancel keeps what came', async () => {
      const { panel, echo } = stage;
      const body = numbered(MIB);
      echo.on('/stopped.txt', async (_request, reply) => {
        await reply.write(head(64 * MIB));
        await reply.write(body);
      });
      await compose(panel, { url: `${echo.origin}/stopped.txt` });
      await panel.click('button', 'Send');
      await panel.waitFor('region', 'Response', { text: /1(?:\.0+)? MiB of 64/ });
      await panel.click('button', 'Cancel');
      expect(await ended(panel)).toContain('AbortedError');
      expect((await save(panel, downloads, 'stopped.txt', MIB)).equals(body)).toBe(true);
    });

    describe('a File', () => {
      test('is sent as it is', async () => {
        const { panel, echo } = stage;
        await compose(panel, { method: 'POST', url: `${echo.origin}/upload` });
        await openRequestTab(panel, 'Body');
        await panel.select('combobox', 'Body type', 'File');
        await chooseFile(panel, 'big.bin', 8 * MIB);
        expect(await send(panel)).toContain('200 OK');
        const received = await echo.next('/upload');
        const { body } = received;
        expect(body.length).toBe(8 * MIB);
        expect(body.every((byte, at) => byte === at % 251)).toBe(true);
        expect(received.field('content-type')).toBeUndefined();
        expect(received.field('content-length')).toBe(String(8 * MIB));
      });

      test('is said to be sent, of that size, until the response comes', async () => {
        const { panel, echo } = stage;
        let answer = (): void => {};
        const seen = new Promise<void>((resolve) => (answer = resolve));
        echo.on('/upload-slowly', async (_request, reply) => {
          await seen;
          await reply.send({ body: 'taken' });
        });
        await compose(panel, { url: `${echo.origin}/upload-slowly` });
        await panel.click('button', 'Send');
        await panel.waitFor(
          'status',
          /.*/,
          { text: 'Sending 8 MiB' },
          { within: { role: 'region', name: 'Response' } },
        );
        const told = await panel.evaluate(() =>
          document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow'),
        );
        expect(told).toBeNull();
        answer();
        expect(await ended(panel)).toContain('200 OK');
        await compose(panel, { url: `${echo.origin}/upload` });
      });

      test('is one part of a multipart body', async () => {
        const { panel, echo } = stage;
        const within = { role: 'table', name: 'Multipart' } as const;
        await panel.select('combobox', 'Body type', 'Multipart');
        await panel.fill('textbox', 'Name', 'note', { within, index: -1 });
        await panel.fill('textbox', 'Value', 'größer', { within, index: 0 });
        await panel.fill('textbox', 'Name', 'upload', { within, index: -1 });
        await panel.select('combobox', 'Part type', 'File', { within, index: 1 });
        await chooseFile(panel, 'part.bin', 4 * MIB);
        expect(await send(panel)).toContain('200 OK');
        const received = await echo.next('/upload');
        const { body } = received;
        const boundary = /boundary=(\S+)/.exec(received.field('content-type') ?? '')?.[1] ?? '';
        const [, note = '', file = '', end] = body.toString('latin1').split(`--${boundary}`);
        expect(Buffer.from(note, 'latin1').toString()).toBe(
          '\r\nContent-Disposition: form-data; name="note"\r\n\r\ngrößer\r\n',
        );
        expect(file.slice(0, file.indexOf('\r\n\r\n'))).toContain('name="upload"; filename="part.bin"');
        const content = Buffer.from(file.slice(file.indexOf('\r\n\r\n') + 4, -2), 'latin1');
        expect(content.length).toBe(4 * MIB);
        expect(content.every((byte, at) => byte === at % 251)).toBe(true);
        expect(end).toBe('--\r\n');
      });
    });
  },
  { downloads },
);
