import { expect, test } from 'vitest';
import { inBothBrowsers, type Stage } from './support/browsers.ts';
import { LIST, waitForListed } from './support/captured.ts';
import { compose, send } from './support/compose.ts';

const LISTS = { role: 'tablist', name: 'Lists' } as const;
const DIALOG = { role: 'dialog', name: 'Compare bodies' } as const;
const FIRST = { role: 'region', name: 'First body', within: DIALOG } as const;
const SECOND = { role: 'region', name: 'Second body', within: DIALOG } as const;

const scenarios = (stage: Stage): void => {
  async function receive(path: string, type: string, body: string | Uint8Array): Promise<void> {
    const { panel, echo } = stage;
    echo.on(path, (_request, reply) => reply.send({ fields: [['Content-Type', type]], body: Buffer.from(body) }));
    await compose(panel, { method: 'GET', url: `${echo.origin}${path}`, body: { type: 'None' } });
    expect(await send(panel)).toContain('200 OK');
  }

  async function openFromResponse(): Promise<void> {
    await stage.panel.click('button', 'More ways to copy');
    await stage.panel.click('menuitem', 'Compare with…');
    await stage.panel.waitFor('dialog', 'Compare bodies');
  }

  const differs = (text: string | RegExp): Promise<unknown> =>
    stage.panel.waitFor('region', 'Differences', { text }, { within: DIALOG });

  async function close(): Promise<void> {
    await stage.panel.click('button', 'Close', { within: DIALOG });
    await stage.panel.waitUntilGone('dialog', 'Compare bodies');
  }

  test('a response is compared with one of the history, and with a text', async () => {
    const { panel } = stage;
    await receive('/old', 'application/json', '{"name":"one","n":1,"list":[1,2]}');
    await receive('/new', 'application/json', '{"n": 1.0, "name":"two","list":[1,2,3]}');
    await openFromResponse();
    await differs('Choose two bodies');
    await panel.fill('textbox', 'Filter', '/old', { within: SECOND });
    await panel.click('option', /GET .*\/old/, { within: SECOND });
    await differs(/2 differences.*name\s+"two"\s+"one".*list\[2\]\s+3/s);
    await panel.click('button', 'Swap', { within: DIALOG });
    await differs(/name\s+"one"\s+"two"/);

    await panel.select('combobox', 'From', 'Pasted text', { within: FIRST });
    await panel.fill('textbox', 'First body: text', '{"n": 1, "list":[1,2,3],\n"name":"two"}', { within: FIRST });
    await differs('The same, as far as meaning goes');
    await panel.fill('textbox', 'First body: text', 'no JSON', { within: FIRST });
    await panel.waitFor('table', 'Lines compared', { text: /no JSON/ }, { within: DIALOG });
    await close();
  });

  test('a request body of the history is compared with a response in view', async () => {
    const { panel, echo } = stage;
    echo.on('/sent', (_request, reply) => reply.send({ body: 'line 1\nline 2\n' }));
    await compose(panel, {
      method: 'POST',
      url: `${echo.origin}/sent`,
      body: { type: 'Text', text: 'line 1\nline two\n' },
    });
    expect(await send(panel)).toContain('200 OK');
    await panel.click('tab', 'History', { within: LISTS });
    const history = { role: 'listbox', name: 'History' } as const;
    await panel.click('option', /POST .*\/sent/, { within: history });
    await panel.waitFor('region', 'Recorded exchange', { text: '/sent' });
    await panel.click('button', 'Compare with…');
    await panel.select('combobox', 'Part', 'Request body', { within: FIRST });
    await panel.waitFor('region', 'First body', { text: /16 B/ }, { within: DIALOG });
    await panel.select('combobox', 'From', 'Exchange in view', { within: SECOND });
    await differs(/1 difference.*line by line.*line two\s*.*line 2/s);
    await close();
    await panel.click('button', 'Back');
  });

  test('bytes are compared by size, digest and the place where they part', async () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, at) => at % 251);
    await receive('/bytes', 'application/octet-stream', bytes);
    await openFromResponse();
    await stage.panel.select('combobox', 'From', 'File', { within: SECOND });
    await stage.panel.waitFor('region', 'Second body', { text: 'Choose a file.' }, { within: DIALOG });
    await stage.panel.evaluate(() => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([Uint8Array.from({ length: 2999 }, (_, at) => at % 251)], 'part.bin'));
      const field = document.querySelector<HTMLInputElement>('dialog input[type=file]');
      if (field === null) throw new Error('There is no file field');
      field.files = chosen.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await differs(/part at byte 2,999.*3,000 bytes\s+2,999 bytes.*SHA-256/s);
    await close();
  });

  test('two captured responses are compared', async () => {
    const { panel, bench, echo } = stage;
    await bench.inspect(`${echo.origin}/page`);
    await bench.evaluateInPage(async () => {
      for (const n of [1, 2]) await (await fetch(`/echoed?n=${n}`)).text();
    });
    await panel.click('tab', 'Captured', { within: LISTS });
    await waitForListed(panel, 3);
    await panel.click('option', /n=1/, { within: LIST });
    await panel.click('button', 'Compare with…');
    await panel.waitFor('region', 'First body', { text: /n=1/ }, { within: DIALOG });
    await panel.click('option', /n=2/, { within: SECOND });
    await panel.waitFor('region', 'Second body', { text: /n=2/ }, { within: DIALOG });
    await panel.waitFor('status', /.*/, {}, { within: DIALOG });
    await panel.press('Escape');
    await panel.waitUntilGone('dialog', 'Compare bodies');
  });
};

inBothBrowsers('comparison of bodies', scenarios);
