import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { startEchoServer, type EchoServer } from '../../support/echo-server.ts';
import { tlsCertificates } from '../../support/tls-certificates.ts';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName, Theme, Workbench } from '../driver/types.ts';
import { compose, ended, send } from './compose.ts';
import { video } from './media-samples.ts';
import { wave } from './preview-samples.ts';

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><rect width="240" height="120" rx="12" fill="#0b57d0"/><circle cx="70" cy="60" r="36" fill="#fdd663"/><text x="124" y="68" font-size="24" fill="#fff">SVG</text></svg>`;
const html = `<!doctype html><title>x</title><style>body{font-family:Georgia,serif;margin:24px}h1{color:#7a4b00}</style><h1>A page</h1><p>Its own styles are drawn, its scripts are not run.</p><ul><li>one<li>two</ul>`;
const markdown = `# Release notes\n\nNumbers stay **exactly** as they were sent.\n\n| field | value |\n| --- | --- |\n| price | \`1.0\` |\n\n> Nothing runs here.\n`;
const xml = `<?xml version="1.0"?><order id="42"><item sku="A-1"><name>Cable</name><price currency="EUR">9.90</price></item><item sku="B-7"><name>Lamp</name><price currency="EUR">24.00</price></item></order>`;
const csv = `id,name,city,amount\n${Array.from({ length: 5000 }, (_, n) => `${n + 1},"Customer ${n + 1}",${['Berlin', 'Paris', 'Roma'][n % 3]},${(n * 7) % 1000}.50`).join('\n')}\n`;
const parts = `--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nReport\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="data.csv"\r\nContent-Type: text/csv\r\n\r\na,b\n1,2\r\n--b--\r\n`;
const jwt = `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbm5hIiwiaWF0IjoxNTE2MjM5MDIyLCJleHAiOjE1MTYyNDI2MjIsInNjb3BlIjoicmVhZCJ9.c2lnbmF0dXJl`;
const cbor = 'a3626964c2490100000000000000006562797465734401020304657072696365fb4023cccccccccccd';
const msgpack = '82a26964cf0020000000000001a57072696365cb3fe3d70a3d70a3d7';
const protobuf = '089601120774657374696e671a0408011002';
const form = 'name=Anna+M%C3%BCller&tag=new&tag=paid&amount=24.00';
const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 120]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 43>>stream
BT /F 24 Tf 40 60 Td (A page of PDF) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF`;

interface Picture {
  readonly name: string;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly view?: string;
}

/** A font of this machine that has every letter, and looks like no other text of the panel. */
async function installedFont(): Promise<Uint8Array> {
  const { stdout } = await promisify(execFile)('fc-match', ['-f', '%{file}', 'DejaVu Serif:bold:italic']);
  return readFile(stdout);
}

/** One picture of each viewer. */
export async function takePreviewPictures(
  browser: BrowserName,
  theme: Theme,
  save: (name: string, png: Buffer) => Promise<void>,
): Promise<void> {
  const { good } = await tlsCertificates();
  const pictures: Picture[] = [
    { name: 'html', type: 'text/html', body: html, view: 'Preview' },
    { name: 'markdown', type: 'text/markdown', body: markdown, view: 'Preview' },
    { name: 'svg', type: 'image/svg+xml', body: svg, view: 'Preview' },
    { name: 'xml', type: 'application/xml', body: xml, view: 'Formatted' },
    { name: 'xml-tree', type: 'application/xml', body: xml, view: 'Tree' },
    { name: 'csv', type: 'text/csv', body: csv },
    { name: 'parts', type: 'multipart/form-data; boundary=b', body: parts },
    { name: 'jwt', type: 'application/jwt', body: jwt },
    { name: 'certificate', type: 'application/x-pem-file', body: good.cert },
    { name: 'cbor', type: 'application/cbor', body: Buffer.from(cbor, 'hex') },
    { name: 'msgpack', type: 'application/msgpack', body: Buffer.from(msgpack, 'hex') },
    { name: 'protobuf', type: 'application/x-protobuf', body: Buffer.from(protobuf, 'hex') },
    { name: 'form', type: 'application/x-www-form-urlencoded', body: form, view: 'Table' },
    { name: 'audio', type: 'audio/wav', body: wave() },
    { name: 'video', type: 'video/webm', body: video() },
    { name: 'font', type: 'font/ttf', body: await installedFont() },
    { name: 'pdf', type: 'application/pdf', body: pdf },
  ];
  const echo = await startEchoServer();
  const bench = await openWorkbench(browser, { theme, width: 1200, height: 560 });
  const { panel } = bench;
  try {
    for (const { name, type, body, view } of pictures) {
      echo.on(`/${name}`, (_request, reply) =>
        reply.send({ fields: [['Content-Type', type]], body: Buffer.from(body) }),
      );
      await compose(panel, { method: 'GET', url: `${echo.origin}/${name}` });
      await send(panel);
      if (view !== undefined) await panel.select('combobox', 'View as', view);
      await panel.waitFor('region', 'Response body');
      // A frame draws a little after it has loaded, and says so to nobody.
      await new Promise((resolve) => setTimeout(resolve, name === 'pdf' ? 4000 : 700));
      await save(`preview-${name}`, await bench.screenshot());
    }
    await takeComparison(bench, echo, save);
    echo.on('/events', async (_request, reply) => {
      await reply.write(
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n: connected\n\n',
      );
      for (let n = 1; n <= 40; n++)
        await reply.write(
          `id: ${n}\nevent: ${n % 4 === 0 ? 'price' : 'tick'}\ndata: {"number": ${n}, "value": ${n}.0}\n\n`,
        );
      await reply.closed;
    });
    await compose(panel, { method: 'GET', url: `${echo.origin}/events` });
    await panel.click('button', 'Send');
    await panel.waitFor('region', 'Response body', { text: '41 events' });
    await panel.focus('listbox', 'Events');
    await panel.press('End');
    await panel.waitFor('region', 'Event 41', { text: '40.0' });
    await save('stream-events', await bench.screenshot());
    await panel.press('Escape');
    await panel.click('button', 'Cancel');
    await ended(panel);
  } finally {
    await bench.close();
    await echo.close();
  }
}

const notes = Array.from({ length: 16 }, (_, n) => `Line ${n + 1} of the notes`);

/** Two texts beside each other. */
async function takeComparison(
  bench: Workbench,
  echo: EchoServer,
  save: (name: string, png: Buffer) => Promise<void>,
): Promise<void> {
  const { panel } = bench;
  const texts = [notes, notes.with(5, 'Line six of the notes').toSpliced(9, 1)];
  for (const [at, text] of texts.entries()) {
    echo.on(`/notes/${at}`, (_request, reply) =>
      reply.send({ fields: [['Content-Type', 'text/plain']], body: text.join('\n') }),
    );
    await compose(panel, { method: 'GET', url: `${echo.origin}/notes/${at}` });
    await send(panel);
  }
  const within = { role: 'dialog', name: 'Compare bodies' } as const;
  await panel.click('button', 'More ways to copy');
  await panel.click('menuitem', 'Compare with…');
  await panel.click('option', /notes\/0/, { within: { role: 'region', name: 'Second body', within } });
  await panel.waitFor('table', 'Lines compared', {}, { within });
  await save('compare-text', await bench.screenshot());
  await panel.click('button', 'Close', { within });
}
