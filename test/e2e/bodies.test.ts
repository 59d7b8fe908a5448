import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import type { Panel } from './driver/types.ts';
import { inBothBrowsers, type Stage } from './support/browsers.ts';
import { charsetSamples } from './support/charset-samples.ts';
import { compose, openResponseTab, send } from './support/compose.ts';
import { save } from './support/saved-file.ts';

const downloads = await mkdtemp(join(tmpdir(), 'workbench-saved-'));
afterAll(() => rm(downloads, { recursive: true, force: true }));

const allBytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Sample {
  title: string;
  type: string | null;
  body: Buffer;
  /** Must be in what is shown. */
  shown: readonly (string | RegExp)[];
  /** What `View as` says. */
  view: string;
  hidden?: readonly (string | RegExp)[];
}

const samples: Sample[] = [
  {
    title: 'all 256 byte values as bytes',
    type: 'application/octet-stream',
    body: allBytes,
    view: 'Hex',
    shown: [/00\s*01\s*02\s*03/, /3c\s*3d\s*3e\s*3f/],
  },
  {
    title: 'bytes that are no UTF-8',
    type: 'text/plain; charset=utf-8',
    body: latin1('a\xffb\xc3(\xf0\x9f'),
    view: 'Text',
    shown: ['a\ufffdb\ufffd('],
  },
  {
    title: 'one byte',
    type: 'text/plain',
    body: latin1('x'),
    view: 'Text',
    shown: ['x'],
  },
  {
    title: 'JSON without a type',
    type: null,
    body: latin1('{"missing": "type"}'),
    view: 'JSON',
    shown: ['"missing"'],
  },
  {
    title: 'JSON that calls itself HTML',
    type: 'text/html',
    body: latin1('{"a": 1}'),
    view: 'Text',
    shown: ['"a"'],
  },
  {
    title: 'an image that calls itself text',
    type: 'text/plain',
    body: png,
    view: 'Image',
    shown: [],
  },
  {
    title: 'text that calls itself JSON',
    type: 'application/json',
    body: latin1('<html>no</html>'),
    view: 'JSON',
    shown: ['JSONDecodeError'],
  },
  {
    title: 'a type that is none',
    type: ';;;',
    body: latin1('some text'),
    view: 'Text',
    shown: ['some text'],
  },
  {
    title: 'JSON numbers and keys that JavaScript would change',
    type: 'application/json',
    body: latin1('{"big":9007199254740993,"one":1.0,"huge":1e400,"__proto__":{"x":1},"twice":1,"twice":2}'),
    view: 'JSON',
    shown: ['9007199254740993', '1.0', '1e400', '"__proto__"', /"twice": 1.*"twice": 2/s],
    hidden: ['JSONDecodeError', 'Infinity'],
  },
  {
    title: 'JSON that nests 10,000 deep',
    type: 'application/json',
    body: latin1(deep),
    view: 'JSON',
    shown: [/\[\s/],
    hidden: ['JSONDecodeError'],
  },
  {
    title: 'JSON that breaks off',
    type: 'application/json',
    body: latin1('{"kept": [1, 2.50'),
    view: 'JSON',
    shown: ['"kept"', '2.50', /JSONDecodeError: .*line 1 column 18/],
  },
  ...(['utf-8', 'utf-16le', 'utf-16be'] as const).map((charset): Sample => {
    const units = Buffer.from('\ufeff€ marked', charset === 'utf-8' ? 'utf-8' : 'utf16le');
    const body = charset === 'utf-16be' ? units.swap16() : units;
    return {
      title: `${charset} with a byte order mark`,
      type: 'text/plain',
      body,
      view: 'Text',
      shown: ['€ marked'],
      hidden: ['\ufeff'],
    };
  }),
];

/** RFC 8878: one frame with one raw block; Node 20 has no zstd. */
function zstd(content: Buffer): Buffer {
  const header = content.length * 8 + 1;
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, content.length, header & 255, header >> 8, 0]),
    content,
  ]);
}

const coded = Buffer.from('The quick brown fox, coded: ü.\n');
const codings: [coding: string, bytes: Buffer][] = [
  ['gzip', gzipSync(coded)],
  ['deflate', deflateSync(coded)],
  ['br', brotliCompressSync(coded)],
  ['zstd', zstd(coded)],
];

/** Sends for this body and gives all that the response pane then says. */
async function receive(
  { panel, echo }: Stage,
  name: string,
  fields: readonly (readonly [string, string])[],
  body: Buffer,
) {
  echo.on(`/${name}`, (_request, reply) => reply.send({ fields, body }));
  await compose(panel, { method: 'GET', url: `${echo.origin}/${name}`, body: { type: 'None' } });
  expect(await send(panel)).toContain('200 OK');
}

/** How the body is shown now. */
function viewOf(panel: Panel): Promise<string> {
  return panel.evaluate(() => {
    const select = document.querySelector<HTMLSelectElement>('select[aria-label="View as"]');
    return select?.selectedOptions[0]?.text ?? '';
  });
}

inBothBrowsers(
  'Bodies',
  (stage) => {
    test.each(samples)(
      '$title: shown, and saved byte for byte',
      async ({ title, type, body, view, shown, hidden = [] }) => {
        const { panel } = stage;
        const name = `${title.replaceAll(/\W+/g, '-')}.bin`;
        await receive(stage, name, type === null ? [] : [['Content-Type', type]], body);
        expect(await viewOf(panel)).toBe(view);
        for (const text of shown) await panel.waitFor('region', 'Response', { text });
        const all = await panel.text('region', 'Response');
        for (const text of hidden) expect(all).not.toMatch(text);
        expect((await save(panel, downloads, name, body.length)).equals(body)).toBe(true);
      },
    );

    test('all 256 byte values as text, where a person wants to see them so', async () => {
      const { panel } = stage;
      await receive(stage, 'latin1.txt', [['Content-Type', 'text/plain; charset=iso-8859-1']], allBytes);
      expect(await viewOf(panel)).toBe('Hex');
      await panel.select('combobox', 'View as', 'Text');
      for (const text of ['ABCDEFGHIJ', '¡¢£¤¥', 'üýþÿ']) await panel.waitFor('region', 'Response body', { text });
      expect((await save(panel, downloads, 'latin1.txt', 256)).equals(allBytes)).toBe(true);
      await panel.select('combobox', 'View as', 'Hex');
    });

    test('HTML opens in a tab as text, and is copied as a data URL', async () => {
      const { panel, bench } = stage;
      const tabs = (): Promise<number> =>
        bench.evaluateInBackground<number>('async () => (await (globalThis.browser ?? chrome).tabs.query({})).length');
      await receive(stage, 'page.html', [['Content-Type', 'text/html']], latin1('<script>1</script>'));
      const before = await tabs();
      await panel.click('button', 'More ways to copy');
      await panel.click('menuitem', 'Copy as data URL');
      await panel.waitFor('region', 'Response', { text: 'Copied' });
      await panel.click('button', 'More ways to copy');
      await panel.click('menuitem', 'Open as text in a tab');
      await expect.poll(tabs).toBe(before + 1);
    });

    test.each([
      [
        'a coded name before the plain one',
        `attachment; filename="plain.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.txt`,
        'Größe €.txt',
      ],
      ['a quoted name with escapes', String.raw`attachment; filename="one\ two;\=.csv"`, 'one two;=.csv'],
      ['the last part of a path, never the path', 'inline; filename="../../up/passwd.txt"', 'passwd.txt'],
    ])('a body is saved under the name of Content-Disposition: %s', async (_what, disposition, name) => {
      const { panel } = stage;
      const fields = [
        ['Content-Type', 'text/plain'],
        ['Content-Disposition', disposition],
      ] as const;
      await receive(stage, 'named', fields, latin1('named'));
      expect((await save(panel, downloads, name, 5)).toString()).toBe('named');
    });

    test('what each field means is said on demand', async () => {
      const { panel } = stage;
      await receive(
        stage,
        'explained.txt',
        [
          ['Content-Type', 'text/plain'],
          ['X-Own', '1'],
        ],
        latin1('explained'),
      );
      await openResponseTab(panel, 'Headers');
      const table = { role: 'table', name: 'Response headers' } as const;
      expect(await panel.text(table.role, table.name)).not.toContain('RFC');
      await panel.check('button', 'Explain fields', true);
      await panel.waitFor(table.role, table.name, { text: /Content-Type.*RFC 9110/s });
      await panel.waitFor(table.role, table.name, { text: /X-Own.*not explained here/s });
      await panel.check('button', 'Explain fields', false);
      await openResponseTab(panel, 'Body');
    });

    test('bytes are selected and copied as hex digits', async () => {
      const { panel } = stage;
      await receive(
        stage,
        'select.bin',
        [['Content-Type', 'application/octet-stream']],
        Buffer.from('0001ff8041', 'hex'),
      );
      expect(await viewOf(panel)).toBe('Hex');
      await panel.focus('group', 'Body in hexadecimal');
      await panel.evaluate(() => {
        const cells = document.querySelector('.hex-bytes')?.children;
        const [from, to] = [cells?.[1], cells?.[3]];
        if (from && to) getSelection()?.setBaseAndExtent(from, 0, to, 1);
      });
      await panel.press('Control+c');
      await panel.focus('textbox', 'URL');
      await panel.press('Control+a', 'Control+v');
      await panel.waitFor('textbox', 'URL', { value: '01 ff 80' });
    });

    test('an empty body is said to be empty', async () => {
      await receive(stage, 'empty', [['Content-Type', 'text/plain']], Buffer.alloc(0));
      await stage.panel.waitFor('region', 'Response body', { text: '0 bytes' });
    });

    test.each(codings)('%s is decoded once', async (coding, bytes) => {
      const fields = [
        ['Content-Type', 'text/plain; charset=utf-8'],
        ['Content-Encoding', coding],
      ] as const;
      await receive(stage, `${coding}.txt`, fields, bytes);
      await stage.panel.waitFor('region', 'Response body', { text: 'The quick brown fox, coded: ü.' });
      expect((await save(stage.panel, downloads, `${coding}.txt`, coded.length)).equals(coded)).toBe(true);
    });

    test('every charset of the Encoding standard', async () => {
      for (const [charset, hex, text] of charsetSamples) {
        const body = Buffer.from(hex, 'hex');
        await receive(stage, `${charset}.txt`, [['Content-Type', `text/plain; charset=${charset}`]], body);
        await stage.panel.waitFor('region', 'Response body', { text });
        // One of each sort: what is saved has not been through a decoder.
        if (!['utf-16le', 'gb18030', 'iso-2022-jp', 'windows-1252'].includes(charset)) continue;
        expect((await save(stage.panel, downloads, `${charset}.txt`, body.length)).equals(body), charset).toBe(true);
      }
    });

    // The Encoding standard's `replacement` has no text, so that nobody reads one into it.
    test('a charset that nobody knows is said to be unknown, and the body is read as UTF-8', async () => {
      const { panel } = stage;
      await receive(stage, 'korean.txt', [['Content-Type', 'text/plain; charset=iso-2022-kr']], latin1('plain'));
      const charset = await panel.evaluate(
        () => document.querySelector<HTMLSelectElement>('select[aria-label="Charset"]')?.selectedOptions[0]?.text ?? '',
      );
      expect(charset).toBe('utf-8 (declared one unknown)');
      await receive(stage, 'nonsense.txt', [['Content-Type', 'text/plain; charset=nonsense']], Buffer.from('Größe'));
      await panel.waitFor('region', 'Response body', { text: 'Größe' });
    });

    test('a body that was cut off shows what came, names the exception, and is saved so far', async () => {
      const { panel, echo } = stage;
      echo.on('/cut.bin', async (_request, reply) => {
        const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
        // Chromium forgets what comes together with the end of the connection.
        await reply.drip(`${head}{"kept": [1, 2 `, { size: head.length + 14, everyMs: 50 });
        reply.end();
      });
      await compose(panel, { method: 'GET', url: `${echo.origin}/cut.bin` });
      expect(await send(panel)).toContain('ChunkedEncodingError');
      await panel.waitFor('region', 'Response body', { text: '"kept"' });
      expect((await save(panel, downloads, 'cut.bin', 15)).toString()).toBe('{"kept": [1, 2 ');
    });
  },
  { downloads },
);
