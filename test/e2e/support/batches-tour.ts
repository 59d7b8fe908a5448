import type { EchoServer } from '../../support/echo-server.ts';
import type { Panel, Target, Workbench } from '../driver/types.ts';
import { importFile, LISTS, openCollections, TREE } from './collections.ts';
import { compose } from './compose.ts';

const BATCH: Target = { role: 'region', name: 'Batch' };
const LIST: Target = { role: 'listbox', name: 'Batches' };
const IMPORT: Target = { role: 'dialog', name: 'Import a collection' };
/** What the side of the request is called, where only one of the two can be seen. */
const LEFT = /^(Request|Batch|Vary)$/;
const VIEW: Target = { role: 'tablist', name: 'View' };

/** Every kind of result: same, different, not compared, an error, a host that is not confirmed, one that never ends. */
function shopFile(echo: EchoServer, name: string, withHold: boolean): string {
  const elsewhere = echo.origin.replace('127.0.0.1', 'other.test');
  const example = (body: string) => [
    { status: 200, headers: [['Content-Type', 'text/plain']], body, at: 1, encoding: 'text' },
  ];
  const items = [
    { name: 'Same', url: '{{base}}/shop/same', examples: example('as ever') },
    { name: 'Different', url: '{{base}}/shop/different', examples: example('as it was') },
    { name: 'Secret', url: '{{base}}/shop/secret', auth: { type: 'bearer', token: 'mine' } },
    { name: 'Open to all', url: '{{base}}/shop/open-to-all-of-them?with=a&rather=long&query=string' },
    { name: 'Missing', method: 'DELETE', url: '{{base}}/shop/missing/1' },
    { name: 'Dead', url: 'http://nobody.invalid/there' },
    { name: 'Elsewhere', url: `${elsewhere}/shop/elsewhere` },
    { name: 'Broken', url: '{{nowhere}}/' },
    ...(withHold ? [{ name: 'Held', url: '{{base}}/shop/held' }] : []),
  ];
  return JSON.stringify({
    format: 'request-workbench-collection',
    version: 1,
    name,
    variables: [{ name: 'base', value: echo.origin }],
    items: items.map((item) => ({ kind: 'request', ...item })),
  });
}

function serve(echo: EchoServer): void {
  const text = (body: string, status = 200) => ({ status, body, fields: [['Content-Type', 'text/plain'] as const] });
  echo.on('/shop/same', (_, reply) => reply.send(text('as ever')));
  echo.on('/shop/different', (_, reply) => reply.send(text('not as it was')));
  echo.on('/shop/secret', (request, reply) =>
    reply.send(request.field('authorization') === undefined ? text('no', 401) : text('the secret')),
  );
  echo.on('/shop/open-to-all-of-them', (_, reply) => reply.send(text('the secret')));
  echo.on('/shop/missing/1', (_, reply) => reply.send(text('nothing here', 404)));
  // Ends with its connection.
  echo.on('/shop/held', async (_, reply) => void (await reply.closed));
  echo.on('/shop/vary', (request, reply) => {
    const id = /id=([^&]*)/.exec(request.target)?.[1] ?? '';
    return reply.send(id === '3' ? text('a very different thing, and longer', 500) : text(`item ${id}`));
  });
}

async function batchOf(panel: Panel, echo: EchoServer, name: string, withHold = false): Promise<void> {
  await openCollections(panel);
  await importFile(panel, 'shop.json', shopFile(echo, name, withHold));
  await panel.click('button', 'Import', { within: IMPORT });
  await panel.waitFor('status', '', { text: 'Imported' }, { within: IMPORT });
  await panel.click('button', 'Close', { within: IMPORT });
  await panel.click('treeitem', new RegExp(`^${name}`), { within: TREE });
  await panel.click('button', 'Run as batch…');
  await panel.waitFor('region', 'Batch', { text: name });
}

async function start(panel: Panel, until: RegExp): Promise<void> {
  for (const host of [/^Send to 127/, /^Send to nobody/]) await panel.check('checkbox', host, true);
  await panel.click('button', 'Start');
  await panel.waitFor('status', /.*/, { text: until }, { within: BATCH });
}

/** Makes one batch of each kind. Afterwards each can be shown. */
export async function prepareBatches({ panel }: Workbench, echo: EchoServer): Promise<void> {
  serve(echo);
  await batchOf(panel, echo, 'Ready');
  await batchOf(panel, echo, 'Finished');
  await start(panel, /^done/);
  await batchOf(panel, echo, 'Identities');
  await panel.check('checkbox', 'No credentials', true);
  await panel.check('checkbox', /^Session /, true);
  await start(panel, /^done/);
  await panel.click('button', 'Back to the request');
  await varySetup(panel, echo);
  await panel.click('button', 'Next: hosts');
  await panel.check('checkbox', /^Send to 127/, true);
  await panel.click('button', 'Start');
  await panel.waitFor('status', /.*/, { text: /^done/ }, { within: BATCH });
  await batchOf(panel, echo, 'Under way', true);
  await start(panel, /^running.*1 in flight/s);
}

async function varySetup(panel: Panel, echo: EchoServer): Promise<void> {
  await compose(panel, {
    method: 'GET',
    url: `${echo.origin}/shop/vary?id=§0§&name=§any§`,
    headers: [],
    body: { type: 'None' },
  });
  await panel.click('button', 'Vary…');
  await panel.select('combobox', 'Values', 'A range of numbers', { index: 0 });
  await panel.fill('textbox', 'To', '5');
  await panel.click('button', 'Add a column');
  await panel.fill('textbox', 'Text to look for', 'item');
}

async function show(panel: Panel, isNarrow: boolean, name: RegExp): Promise<void> {
  if (isNarrow) await panel.click('button', 'Open the lists');
  await panel.click('tab', 'Batches', { within: LISTS });
  await panel.click('option', name, { within: LIST });
  if (isNarrow) await panel.click('button', 'Close the lists');
  await panel.waitFor('region', 'Batch', { text: name });
}

/**
 * Shows one batch after the other, the results of which are there.
 * @param isNarrow one side is seen at a time, and the lists lie over it
 * @param at is called when each is there
 */
export async function tourBatches(panel: Panel, isNarrow: boolean, at: (name: string) => Promise<void>): Promise<void> {
  if (isNarrow) await panel.click('tab', LEFT, { within: VIEW });
  await show(panel, isNarrow, /Ready/);
  await at('set-up');
  await show(panel, isNarrow, /Under way/);
  await at('running');
  await show(panel, isNarrow, /Identities/);
  await at('identities');
  await show(panel, isNarrow, /Vary/);
  await at('variations');
  await show(panel, isNarrow, /Finished/);
  await at('results');
  await panel.click('row', /shop\/different/, { within: BATCH });
  if (isNarrow) await panel.click('tab', 'Response', { within: VIEW });
  await panel.waitFor('region', 'Result of a batch');
  await at('result');
  if (isNarrow) await panel.click('tab', LEFT, { within: VIEW });
  await panel.click('button', 'Back to the request', { within: BATCH });
  // What was typed there last is still there.
  await panel.click('button', 'Vary…');
  await panel.waitFor('textbox', 'Text to look for', { value: 'item' });
  await at('vary');
  await panel.click('button', 'Back to the request');
  await panel.waitFor('textbox', 'URL');
}
