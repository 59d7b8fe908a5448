import { expect, test } from 'vitest';
import type { Panel, Target } from './driver/types.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';
const ENVIRONMENTS: Target = { role: 'dialog', name: 'Environments' };
const TAKEN: Target = { role: 'region', name: 'Taken from the response' };

/** Gives a variable its value in the set that the open dialog shows. */
async function define(panel: Panel, name: string, value: string): Promise<void> {
  const within: Target = { role: 'table', name: 'Variables', within: ENVIRONMENTS };
  await panel.fill('textbox', 'Name', name, { within, index: -1 });
  await panel.fill('textbox', 'Value', value, { within, index: -2 });
}

/** One environment with these variables, and nothing else. */
async function useEnvironment(panel: Panel, name: string, variables: Readonly<Record<string, string>>): Promise<void> {
  await panel.click('button', 'Manage environments');
  await panel.click('button', 'Add environment', { within: ENVIRONMENTS });
  await panel.fill('textbox', 'Environment name', name, { within: ENVIRONMENTS });
  for (const [variable, value] of Object.entries(variables)) await define(panel, variable, value);
  await panel.click('button', 'Done', { within: ENVIRONMENTS });
  await panel.select('combobox', 'Environment', name);
}

/** What the request takes from its response: one row. */
async function extract(panel: Panel, name: string, from: string, what: string): Promise<void> {
  await openRequestTab(panel, 'Variables');
  const within: Target = { role: 'table', name: 'Extract' };
  while (await panel.exists('button', 'Remove', { within })) {
    await panel.click('button', 'Remove', { within, index: 0 });
  }
  await panel.fill('textbox', 'Name', name, { within, index: -1 });
  await panel.select('combobox', 'From', from, { within, index: 0 });
  await panel.fill('textbox', 'What', what, { within, index: 0 });
}

const failure = (panel: Panel, name: string): Promise<string> => panel.text('region', new RegExp(name));

/** Waits until the line under the URL names that problem. */
async function judged(panel: Panel, problem: string): Promise<void> {
  await panel.evaluate(async (wanted: string) => {
    const isThere = (): boolean =>
      document.querySelector('.request-line-problem')?.textContent.includes(wanted) === true;
    if (isThere()) return;
    await new Promise<void>((resolve, reject) => {
      const bound = setTimeout(() => reject(new Error(`${wanted} was never named`)), 10_000);
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        clearTimeout(bound);
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  }, problem);
}

inBothBrowsers('variables', (stage) => {
  test('login, take the token, use it', async () => {
    const { panel, echo } = stage;
    echo.on('/login', (request, reply) =>
      reply.send({
        fields: [['Content-Type', 'application/json']],
        body: `{"user": "${request.body.toString()}", "auth": {"tokens": [{"kind": "access", "token": "${TOKEN}"}]}}`,
      }),
    );
    await useEnvironment(panel, 'Staging', { base: echo.origin, user: 'ada {{suffix}}', suffix: '& co' });
    await compose(panel, { method: 'POST', url: '{{base}}/login', body: { type: 'Text', text: '{{user}}' } });
    await extract(panel, 'access', 'JSONPath', "$.auth.tokens[?@.kind == 'access'].token");
    expect(await send(panel)).toContain('200');
    expect(echo.requests.at(-1)?.body.toString()).toBe('ada & co');

    const taken = await panel.waitFor('region', TAKEN.name ?? '', { text: /into Staging/ });
    expect(taken.text).not.toContain(TOKEN);
    await panel.click('button', 'Show access', { within: TAKEN });
    await panel.waitFor('region', TAKEN.name ?? '', { text: TOKEN });

    await compose(panel, { method: 'GET', url: '{{base}}/me?q={{user}}', body: { type: 'None' } });
    await openRequestTab(panel, 'Auth');
    await panel.select('combobox', 'Auth type', 'Bearer');
    await panel.fill('textbox', 'Token', '{{access}}');
    expect(await send(panel)).toContain('200');
    expect(echo.requests.at(-1)?.field('authorization')).toBe(`Bearer ${TOKEN}`);
    expect(echo.requests.at(-1)?.target).toBe('/me?q=ada%20&%20co');

    await openResponseTab(panel, 'Sent');
    await panel.waitFor('region', 'Composed', { text: '{{base}}/me?q={{user}}' });
    await panel.waitFor('region', 'Prepared', { text: `${echo.origin}/me` });
    await panel.select('combobox', 'Auth type', 'None');
  });

  test('the token is in the environment, secret, and is masked there', async () => {
    const { panel } = stage;
    await panel.click('button', 'Manage environments');
    const within: Target = { role: 'table', name: 'Variables', within: ENVIRONMENTS };
    const rows = await panel.tableRows('Variables', { within: ENVIRONMENTS });
    expect(rows.map((row) => row[1])).toEqual(['base', 'user', 'suffix', 'access', '']);
    await panel.waitFor('checkbox', 'Secret', { checked: true }, { within, index: 3 });
    await panel.click('button', 'Done', { within: ENVIRONMENTS });
  });

  test('what cannot be taken has a named error', async () => {
    const { panel, echo } = stage;
    await compose(panel, { method: 'POST', url: '{{base}}/login' });
    const tries = [
      ['JSONPath', '$.auth.[0]', /This is no JSONPath: .*at character 8/],
      ['JSONPath', '$.auth.nothing', /\$\.auth\.nothing finds nothing/],
      ['Header', 'X-Missing', /no header X-Missing/],
      ['Cookie', 'sid', /sets no cookie sid/],
      ['Regex', '(', /This is no regular expression/],
      ['Regex', 'never-there', /Nothing in the body matches/],
    ] as const;
    for (const [from, what, problem] of tries) {
      await extract(panel, 'x', from, what);
      expect(await send(panel)).toContain('200');
      await panel.waitFor('region', TAKEN.name ?? '', { text: problem });
    }
    echo.on('/text', (_request, reply) => reply.send({ body: 'plain: 12345' }));
    await compose(panel, { method: 'GET', url: '{{base}}/text' });
    await extract(panel, 'x', 'JSONPath', '$.a');
    await send(panel);
    await panel.waitFor('region', TAKEN.name ?? '', { text: /The body is not JSON: Expecting value/ });
    await extract(panel, 'x', 'Regex', 'plain: (\\d+)');
    await send(panel);
    await panel.waitFor('region', TAKEN.name ?? '', { text: /^x\s+12345\s+into Staging$/ });
  });

  test('what cannot be resolved stops the sending by name, and can be defined', async () => {
    const { panel, echo } = stage;
    const before = echo.requests.length;
    await compose(panel, { method: 'GET', url: '{{base}}/{{missing}}' });
    expect(await send(panel)).toContain('UnresolvedVariable');
    expect(await failure(panel, 'UnresolvedVariable')).toContain(
      'The variable missing has no value. It stands in the URL.',
    );
    expect(echo.requests.length).toBe(before);
    expect(await panel.value('textbox', 'URL')).toBe('{{base}}/{{missing}}');

    await panel.click('button', 'Define missing');
    const within: Target = { role: 'table', name: 'Variables', within: ENVIRONMENTS };
    await panel.waitFor('textbox', 'Value', { focused: true }, { within, index: -2 });
    await panel.type('textbox', 'Value', '{{missing2}}', { within, index: -2 });
    await define(panel, 'missing2', '{{missing}}');
    await panel.press('Escape');
    expect(await send(panel)).toContain('CyclicVariables');
    expect(await failure(panel, 'CyclicVariables')).toContain('missing → missing2 → missing');

    // The line under the URL says so too, a moment later, and moves what is below it.
    await judged(panel, 'CyclicVariables');
    await panel.click('button', 'Manage environments');
    await panel.fill('textbox', 'Value', 'found\\{{it}}', { within, index: -2 });
    await panel.press('Escape');
    expect(await send(panel)).toContain('200');
    expect(echo.requests.at(-1)?.target).toBe('/found%7B%7Bit%7D%7D');
  });

  test('a value with braces out of a response stands for itself', async () => {
    const { panel, echo } = stage;
    echo.on('/template', (_request, reply) => reply.send({ fields: [['X-Template', '{{base}} {{$uuid}}']] }));
    await compose(panel, { method: 'GET', url: '{{base}}/template' });
    await extract(panel, 'template', 'Header', 'x-template');
    await send(panel);
    await panel.waitFor('region', TAKEN.name ?? '', { text: '{{base}} {{$uuid}}' });
    await compose(panel, { url: '{{base}}/echo', headers: [['X-Back', '{{template}}']] });
    await send(panel);
    expect(echo.requests.at(-1)?.field('x-back')).toBe('{{base}} {{$uuid}}');
  });

  test('$prompt asks before sending, and nothing is sent without an answer', async () => {
    const { panel, echo } = stage;
    const before = echo.requests.length;
    await compose(panel, { url: '{{base}}/code?{{$prompt One-time code}}', headers: [] });
    const asks: Target = { role: 'dialog', name: 'Before sending' };
    await panel.click('button', 'Send');
    await panel.waitFor('textbox', 'One-time code', {}, { within: asks });
    await panel.press('Escape');
    await panel.waitUntilGone('dialog', 'Before sending');
    expect(echo.requests.length).toBe(before);
    await panel.click('button', 'Send');
    await panel.fill('textbox', 'One-time code', '123', { within: asks });
    await panel.press('Enter');
    await panel.waitUntilGone('dialog', 'Before sending');
    await panel.waitFor('status', /.*/, { text: /200/ }, { within: { role: 'region', name: 'Response' } });
    expect(echo.requests.at(-1)?.target).toBe('/code?123');
  });

  test('names are offered after two braces, by keyboard and by mouse', async () => {
    const { panel, echo } = stage;
    const offers: Target = { role: 'listbox', name: 'Variables' };
    await panel.fill('textbox', 'URL', '');
    await panel.type('textbox', 'URL', '{{ba');
    await panel.waitFor('option', /^base/, { selected: true }, { within: offers });
    await panel.press('Enter');
    await panel.waitFor('textbox', 'URL', { value: '{{base}}' });
    await panel.type('textbox', 'URL', '/{{');
    await panel.click('option', /^\$timestamp/, { within: offers });
    await panel.waitFor('textbox', 'URL', { value: '{{base}}/{{$timestamp}}' });
    await panel.type('textbox', 'URL', '{{');
    await panel.waitFor('listbox', 'Variables');
    // What scrolls beside the field moves nothing: the tabs do so while one types.
    await panel.evaluate(() => document.querySelector('[role=tablist]')?.dispatchEvent(new Event('scroll')));
    await panel.waitFor('listbox', 'Variables');
    await panel.press('Escape');
    await panel.waitUntilGone('listbox', 'Variables');
    await panel.fill('textbox', 'URL', '{{base}}/{{$timestamp}}');
    expect(await send(panel)).toContain('200');
    expect(echo.requests.at(-1)?.target).toMatch(/^\/\d{10}$/);
  });
});
