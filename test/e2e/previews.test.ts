import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEchoServer, type EchoServer } from '../support/echo-server.ts';
import { tlsCertificates } from '../support/tls-certificates.ts';
import { inBothBrowsers, type Stage } from './support/browsers.ts';
import { compose, openResponseTab, send } from './support/compose.ts';
import { font, video } from './support/media-samples.ts';
import { hostileHtml, hostileMarkdown, hostilePdf, hostileSvg, wave } from './support/preview-samples.ts';

const scenarios = (stage: Stage): void => {
  /** Nobody may ever connect to it. */
  let elsewhere: EchoServer;
  beforeAll(async () => {
    elsewhere = await startEchoServer();
  });
  afterAll(() => elsewhere.close());

  async function open(type: string, body: string | Uint8Array): Promise<void> {
    const { panel, echo } = stage;
    echo.on('/sample', (_request, reply) => reply.send({ fields: [['Content-Type', type]], body: Buffer.from(body) }));
    await compose(panel, { method: 'GET', url: `${echo.origin}/sample` });
    expect(await send(panel)).toContain('200 OK');
  }

  const shows = (text: string | RegExp): Promise<unknown> => stage.panel.waitFor('region', 'Response body', { text });

  /** The frame has loaded all that it will. */
  const frameDrawn = (): Promise<unknown> =>
    stage.panel.evaluate(
      `() => new Promise((resolve) => {
        const look = () => document.querySelector('.preview[data-drawn=true]') ? resolve(true) : requestAnimationFrame(look);
        look();
      })`,
    );

  test('hostile documents run nothing and reach nobody, in the preview and as text in a tab', async () => {
    const { panel, bench } = stage;
    for (const [type, make, drawn] of [
      ['text/html', hostileHtml, 'Nothing runs here'],
      ['text/markdown', hostileMarkdown, 'Nothing runs here'],
      ['image/svg+xml', hostileSvg, 'Drawn as an image'],
    ] as const) {
      await open(type, make(elsewhere.origin));
      await panel.select('combobox', 'View as', 'Preview');
      await shows(drawn);
      if (type !== 'image/svg+xml') await frameDrawn();
      await panel.click('link', 'Open as text');
    }
    await open('application/pdf', hostilePdf(elsewhere.origin));
    await shows('own viewer');
    // Whatever was going to happen has happened when a request that came later is answered.
    await bench.inspect(`${stage.echo.origin}/later`);
    await open('text/plain', 'later');
    await shows('later');
    expect(elsewhere.connections).toHaveLength(0);
    expect(await panel.evaluate('() => globalThis.owned === undefined && document.title')).not.toBe(false);
  });

  test('pictures and styles are loaded when one asks for it, and by the background', async () => {
    const { panel, echo } = stage;
    echo.on('/style.css', (_request, reply) =>
      reply.send({ fields: [['Content-Type', 'text/css']], body: 'p{color:red}' }),
    );
    await open('text/html', `<link rel=stylesheet href="${echo.origin}/style.css"><p>text`);
    await panel.select('combobox', 'View as', 'Preview');
    await panel.click('button', 'Load 1 picture or style');
    const request = await echo.next('/style.css');
    expect([request.field('cookie'), request.field('referer')]).toEqual([undefined, undefined]);
    await shows('were loaded');
  });

  test('formats are decoded', async () => {
    const { good } = await tlsCertificates();
    const samples: [type: string, body: string | Uint8Array, shown: RegExp][] = [
      [
        'application/msgpack',
        Buffer.from('82a3626967cfffffffffffffffffa162c4020102', 'hex'),
        /"big": 18446744073709551615.*h'0102'/s,
      ],
      ['application/cbor', Buffer.from('c1fb41d452d9e20000005f', 'hex').subarray(0, 10), /1\(\d+\.\d+\)/],
      ['application/x-protobuf', Buffer.from('08960112026869', 'hex'), /1: 150.*2: "hi"/s],
      ['application/jwt', 'eyJhbGciOiJub25lIn0.eyJuIjoxLjB9.', /not verified.*"alg": "none".*"n": 1\.0/s],
      ['application/x-pem-file', good.cert, /Certificate 1 of 1.*Names\s+localhost/s],
      [
        'multipart/form-data; boundary=b',
        '--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n',
        /f\s+a\.txt\s*hello/,
      ],
      [
        'text/csv',
        `name,n\n${Array.from({ length: 50_000 }, (_, n) => `"row ${n}",${n}\n`).join('')}`,
        /50,000 rows.*row 3/s,
      ],
    ];
    for (const [type, body, shown] of samples) {
      await open(type, body);
      await shows(shown);
    }
    await stage.panel.fill('textbox', 'Filter rows', 'row 49999');
    await stage.panel.waitFor('cell', 'row 49999');
  });

  test('XML is a tree that folds, is searched and tells where one stands; entities stay what they are', async () => {
    const { panel } = stage;
    const items = Array.from({ length: 30_000 }, (_, n) => `<item sku="${n}"><name>Thing ${n}</name></item>`);
    const laughs = '<!DOCTYPE o [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hosts">]>';
    await open('application/xml', `${laughs}<o xmlns="urn:o"><x>&b;&c;</x>${items.join('')}</o>`);
    await panel.select('combobox', 'View as', 'Tree');
    await panel.waitFor('treeitem', '<x>&b;&c;</x>');
    await panel.waitFor('treeitem', /^<o xmlns="urn:o"> 30,001 nodes$/, { expanded: true });
    await panel.focus('tree', 'Body as a tree');
    await panel.press('Control+f');
    await panel.fill('textbox', 'Find in body', 'thing 29999');
    await panel.waitFor('treeitem', '<name>Thing 29999</name>', { selected: true });
    await panel.waitFor('group', 'Place', { text: /\/o\/item\[30000\]\/name\s+urn:o/ });
    await panel.press('Escape');
    await panel.press('ArrowLeft');
    await panel.waitFor('treeitem', /^<item sku="29999"> 1 node$/, { expanded: true, selected: true });
    await panel.press('ArrowLeft');
    await panel.waitFor('treeitem', /^<item sku="29999"> 1 node$/, { expanded: false, selected: true });
    await open('application/xml', '<a><b>1</a>');
    const mistake = /Not well-formed XML: <\/a> stands where <b> is open: line 1 column 8/;
    await panel.waitFor('region', 'Response', { text: mistake });
    await panel.select('combobox', 'View as', 'Text');
  });

  test('decoded bodies are searched, and tables filtered, by the key for finding', async () => {
    const { panel } = stage;
    await open('application/cbor', Buffer.from('a26161016162187b', 'hex'));
    await shows('"b": 123');
    await panel.focus('group', 'Body as text');
    await panel.press('Control+f');
    await panel.fill('textbox', 'Find in body', '12');
    await panel.waitFor('search', 'Find', { text: '1 of 1' });
    await panel.press('Escape');
    await panel.waitUntilGone('search', 'Find');

    await open('application/x-www-form-urlencoded', 'one=1&two=2&three=3');
    await panel.select('combobox', 'View as', 'Table');
    await panel.focus('group', 'Parts');
    await panel.press('Control+f');
    await panel.waitFor('textbox', 'Filter parts', { focused: true });
    await panel.fill('textbox', 'Filter parts', 'THREE');
    await shows('1 of 3 parts');
    await panel.waitUntilGone('cell', 'one');

    await openResponseTab(panel, 'Headers');
    await panel.focus('group', 'Headers');
    await panel.press('Control+f');
    await panel.waitFor('textbox', 'Filter headers', { focused: true });
    await openResponseTab(panel, 'Body');
  });

  /** The player has read what it is. */
  const playable = (kind: 'audio' | 'video'): Promise<number> =>
    stage.panel.evaluate(
      (kind: string) =>
        new Promise<number>((resolve, reject) => {
          const look = (): void => {
            const player = document.querySelector<HTMLMediaElement>(`.preview ${kind}`);
            if (player === null) return void requestAnimationFrame(look);
            const done = (): void => resolve(player instanceof HTMLVideoElement ? player.videoWidth : 0);
            if (player.readyState > 0) return done();
            player.addEventListener('loadedmetadata', done);
            player.addEventListener('error', () => reject(new Error(`The ${kind} cannot be read`)));
          };
          look();
        }),
      kind,
    );

  test('sound and video are played by the browser', async () => {
    await open('audio/wav', wave());
    await playable('audio');
    await open('video/webm', video());
    expect(await playable('video')).toBe(32);
    await open('video/webm', 'no video');
    await shows('The browser cannot play this.');
  });

  test('a font is shown at work, and what is none is told', async () => {
    const { panel } = stage;
    await open('font/ttf', font());
    await panel.fill('textbox', 'Sample text', 'AAAA');
    await panel.waitFor('group', 'Samples of the font', { text: 'AAAA' });
    // Four squares of 0.6 em each, which no other font has.
    await panel.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const look = (): void => {
            const sample = document.querySelector('.font-samples p:nth-child(5) span:last-child');
            if (sample !== null && Math.round(sample.getBoundingClientRect().width) === 4 * 36) resolve();
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    await open('font/ttf', 'no font');
    await shows('The browser cannot use this font');
  });
};

// What the browser refused a hostile document, it says in the console.
inBothBrowsers('previews', scenarios, {}, /Content[ -]Security[ -]Policy|sandboxed/);
