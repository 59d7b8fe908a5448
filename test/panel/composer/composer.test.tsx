// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, expect, test } from 'vitest';
import { connectBackground } from '../../../src/panel/background-client.ts';
import { Composer, type ComposerTab } from '../../../src/panel/composer/composer.tsx';
import { RequestLine } from '../../../src/panel/composer/request-line.tsx';
import { createWorkbench } from '../../../src/panel/state/workbench.ts';
import type { WireNoteView } from '../../../src/model/exchange.ts';
import { ended, FakeBackground } from '../support/fake-background.ts';

afterEach(cleanup);

function setUp(background = new FakeBackground()) {
  const client = connectBackground({ connect: background.connect, inspectedTab: null, isPrivate: false });
  const workbench = createWorkbench({ client, version: '1.0.0', draft: undefined });
  function Request() {
    const [tab, setTab] = useState<ComposerTab>('params');
    return (
      <>
        <RequestLine workbench={workbench} sendKey="Ctrl+Enter" onSend={() => workbench.send()} />
        <Composer workbench={workbench} tab={tab} withContext onTab={setTab} />
      </>
    );
  }
  render(<Request />);
  return { background, workbench };
}

const choose = (name: string) => fireEvent.click(screen.getByRole('tab', { name }));
const type = (role: string, name: string, value: string) =>
  fireEvent.input(screen.getByRole(role, { name }), { target: { value } });
function select(name: string, value: string): void {
  const list = screen.getByRole('combobox', { name });
  if (!(list instanceof HTMLSelectElement)) throw new Error(`${name} is no list`);
  list.value = value;
  fireEvent.change(list);
}
function last(role: string, name: string): HTMLElement {
  const found = screen.getAllByRole(role, { name }).at(-1);
  if (found === undefined) throw new Error(`No ${role} ${name}`);
  return found;
}

const notes = (...plan: WireNoteView[]): FakeBackground => {
  const background = new FakeBackground();
  const plain = background.answers.preview;
  background.answers.preview = (message) => {
    const answer = plain(message);
    return answer.ok ? { ...answer, plan } : answer;
  };
  return background;
};

test('the tabs of the request have the names that the contract gives', () => {
  setUp();
  const list = screen.getByRole('tablist', { name: 'Request' });
  expect(
    within(list)
      .getAllByRole('tab')
      .map((tab) => tab.textContent),
  ).toEqual(['Params', 'Headers', 'Body', 'Auth', 'Options', 'Variables']);
});

test('URL and Params stay in step', () => {
  setUp();
  type('textbox', 'URL', 'http://h/?a=1');
  const table = within(screen.getByRole('table', { name: 'Params' }));
  expect(table.getAllByRole('textbox', { name: 'Name' }).map((box) => (box as HTMLTextAreaElement).value)).toEqual([
    'a',
    '',
  ]);
  fireEvent.input(last('textbox', 'Name'), { target: { value: 'b c' } });
  expect(screen.getByRole('textbox', { name: 'URL' })).toHaveProperty('value', 'http://h/?a=1&b+c=');
});

test('Params and Headers can be edited as text', () => {
  const { workbench } = setUp();
  fireEvent.click(screen.getByRole('button', { name: 'Edit as text' }));
  type('textbox', 'Params as text', 'a: 1\n// b: 2\nc');
  expect(workbench.drafts.draft.value.url).toBe('?a=1&c=');
  expect(screen.getByRole('textbox', { name: 'Params as text' })).toHaveProperty('value', 'a: 1\n// b: 2\nc');
  choose('Headers');
  fireEvent.click(screen.getByRole('button', { name: 'Edit as text' }));
  type('textbox', 'Headers as text', 'X-A: 1\nX-B: 2');
  fireEvent.click(screen.getByRole('button', { name: 'Edit as text' }));
  expect(
    within(screen.getByRole('table', { name: 'Headers' })).getAllByRole('button', { name: 'Remove' }),
  ).toHaveLength(2);
});

test('a line break in a header field is an error that one sees', () => {
  setUp();
  choose('Headers');
  fireEvent.input(last('textbox', 'Name'), { target: { value: 'X-A' } });
  const value = screen.getAllByRole('textbox', { name: 'Value' })[0];
  if (value === undefined) throw new Error('No value');
  fireEvent.input(value, { target: { value: 'a\nb' } });
  expect(value.getAttribute('aria-invalid')).toBe('true');
  const remark = document.getElementById(value.getAttribute('aria-describedby') ?? '');
  expect(remark?.textContent).toMatch(/cannot hold a line break/);
});

test('default fields are left out by their check boxes, and by a row of the same name', async () => {
  const { workbench } = setUp();
  choose('Headers');
  const group = within(await screen.findByRole('group', { name: 'Default fields' }));
  fireEvent.click(group.getByRole('checkbox', { name: 'User-Agent' }));
  expect(workbench.drafts.draft.value.defaultsOff).toEqual(['User-Agent']);
  fireEvent.input(last('textbox', 'Name'), { target: { value: 'accept' } });
  expect(group.getByRole('checkbox', { name: 'Accept' })).toHaveProperty('disabled', true);
  expect(group.getByText('set above')).toBeTruthy();
});

test('notes stand at their field, and at the tab that hides it', async () => {
  setUp(
    notes(
      { field: 'host', action: 'rewritten', reason: 'Not over h2.', wayOut: 'Use http.' },
      { field: 'X-A', action: 'direct', reason: 'by fetch' },
      { field: ':method', action: 'unsupported', reason: 'No TRACE.' },
      { field: ':body', action: 'dropped', reason: 'No body.' },
    ),
  );
  type('textbox', 'URL', 'http://h/');
  expect(await screen.findByText(/No TRACE\./)).toBeTruthy();
  expect(screen.getByRole('tab', { name: 'Headers' }).title).toBe('1 note from the browser');
  choose('Headers');
  fireEvent.input(last('textbox', 'Name'), { target: { value: 'Host' } });
  const box = screen.getAllByRole('textbox', { name: 'Value' })[0];
  expect(document.getElementById(box?.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(
    /Changed\. Not over h2\. Use http\./,
  );
  choose('Body');
  expect(screen.getByText(/No body\./)).toBeTruthy();
  expect(screen.queryByText(/by fetch/)).toBeNull();
});

test('what is wrong with a URL is said when one leaves the field, not before', async () => {
  const background = new FakeBackground();
  const error = { name: 'InvalidURL', code: 'invalid-url', message: 'No host.', netError: null };
  background.answers.preview = () => ({ ok: false, error });
  const { workbench } = setUp(background);
  type('textbox', 'URL', 'http:/x');
  await waitFor(() => expect(workbench.preview.value.error).not.toBeNull());
  expect(screen.queryByText('InvalidURL')).toBeNull();
  fireEvent.blur(screen.getByRole('textbox', { name: 'URL' }));
  expect(screen.getByText('InvalidURL')).toBeTruthy();
  type('textbox', 'URL', 'http:/xy');
  expect(screen.queryByText('InvalidURL')).toBeNull();
});

test('JSON: a mistake shows its place; Format and Minify keep the numbers', async () => {
  const { workbench } = setUp();
  choose('Body');
  select('Body type', 'json');
  await screen.findByRole('textbox', { name: 'Body' }, { timeout: 5000 });
  type('textbox', 'Body', '{"a": 1.0,}');
  expect(await screen.findByRole('button', { name: 'Line 1, column 10' })).toBeTruthy();
  type('textbox', 'Body', '{"a": 12345678901234567890}');
  // happy-dom has none; the fallback for a browser that refuses it is what runs here.
  Object.defineProperty(document, 'execCommand', { value: () => false });
  fireEvent.click(screen.getByRole('button', { name: 'Format' }));
  expect(workbench.drafts.draft.value.body.json).toBe('{\n  "a": 12345678901234567890\n}');
  fireEvent.click(screen.getByRole('button', { name: 'Minify' }));
  expect(workbench.drafts.draft.value.body.json).toBe('{"a":12345678901234567890}');
});

test('each kind of body has its own editor and keeps its text', async () => {
  const { workbench } = setUp();
  choose('Body');
  expect(
    within(screen.getByRole('combobox', { name: 'Body type' }))
      .getAllByRole('option')
      .map((o) => o.textContent),
  ).toEqual(['None', 'JSON', 'Form', 'Multipart', 'Text', 'File', 'GraphQL']);
  select('Body type', 'text');
  type('textbox', 'Body', 'hello');
  select('Body type', 'form');
  expect(screen.getByRole('table', { name: 'Form' })).toBeTruthy();
  select('Body type', 'multipart');
  expect(await screen.findByRole('table', { name: 'Multipart' }, { timeout: 5000 })).toBeTruthy();
  select('Part type', 'file');
  expect(screen.getByRole('button', { name: 'Choose file' })).toBeTruthy();
  select('Body type', 'graphql');
  await screen.findByRole('textbox', { name: 'Query' }, { timeout: 5000 });
  type('textbox', 'Query', '{ a }');
  select('Body type', 'file');
  expect(screen.getByRole('button', { name: 'Choose file' })).toBeTruthy();
  select('Body type', 'text');
  expect(screen.getByRole('textbox', { name: 'Body' })).toHaveProperty('value', 'hello');
  expect(workbench.drafts.draft.value.body.graphql.query).toBe('{ a }');
});

test('a file is chosen, named and let go of', () => {
  const { workbench } = setUp();
  choose('Body');
  select('Body type', 'file');
  const input = document.querySelector('input[type=file]');
  if (!(input instanceof HTMLInputElement)) throw new Error('No file input');
  Object.defineProperty(input, 'files', { value: [new File(['abc'], 'a.bin')] });
  fireEvent.change(input);
  expect(screen.getByText('a.bin')).toBeTruthy();
  expect(workbench.files.files.value.size).toBe(1);
  fireEvent.click(screen.getByRole('button', { name: 'Remove file' }));
  expect(workbench.files.files.value.size).toBe(0);
  expect(workbench.drafts.draft.value.body.filename).toBe('');
});

test('each auth scheme asks for what it needs, secrets masked until shown', () => {
  const { workbench } = setUp();
  choose('Auth');
  for (const scheme of ['basic', 'digest']) {
    select('Auth type', scheme);
    type('textbox', 'Username', 'ada');
    type('textbox', 'Password', 'secret');
  }
  const password = screen.getByRole('textbox', { name: 'Password' });
  expect(password.dataset['masked']).toBe('true');
  fireEvent.click(screen.getByRole('button', { name: 'Show password' }));
  expect(password.dataset['masked']).toBe('false');
  select('Auth type', 'bearer');
  type('textbox', 'Token', 't');
  select('Auth type', 'custom');
  type('textbox', 'Header name', 'X-Key');
  type('textbox', 'Header value', 'v');
  expect(workbench.drafts.draft.value.auth).toEqual({
    type: 'custom',
    username: 'ada',
    password: 'secret',
    token: 't',
    headerName: 'X-Key',
    headerValue: 'v',
  });
});

test('options have the names that the contract gives', () => {
  const { workbench } = setUp();
  choose('Options');
  for (const name of [
    'Connect timeout (s)',
    'Read timeout (s)',
    'Total timeout (s)',
    'Response size limit (MiB)',
    'Max redirects',
    'Retries',
  ]) {
    type('textbox', name, '5');
  }
  for (const name of ['Follow redirects', 'Verify TLS certificate', 'Keep Authorization across hosts']) {
    fireEvent.click(screen.getByRole('checkbox', { name }));
  }
  expect(screen.queryByRole('checkbox', { name: /Store received/ })).toBeNull();
  select('Cookies', 'browser');
  fireEvent.click(screen.getByRole('checkbox', { name: 'Store received cookies in the browser' }));
  expect(workbench.drafts.draft.value.options).toEqual({
    connectTimeout: '5',
    readTimeout: '5',
    totalTimeout: '5',
    responseLimit: '5',
    maxRedirects: '5',
    retries: '5',
    followRedirects: false,
    verify: false,
    keepAuthorization: true,
    cookies: 'browser',
    storeBrowserCookies: true,
    raiseForStatus: false,
    own: ['followRedirects', 'verify', 'cookies'],
  });
  type('textbox', 'Read timeout (s)', 'soon');
  expect(screen.getByText('Not a number')).toBeTruthy();
});

test('Send becomes Cancel while in flight; a double click does not cancel what it sent', async () => {
  const { background } = setUp();
  type('textbox', 'URL', 'http://h/');
  const button = screen.getByRole('button', { name: 'Send' });
  fireEvent.click(button, { detail: 1 });
  expect(button.textContent).toBe('Cancel');
  fireEvent.click(button, { detail: 2 });
  expect(background.received.some(({ type }) => type === 'cancel')).toBe(false);
  fireEvent.click(button, { detail: 1 });
  expect(background.received.at(-1)?.type).toBe('cancel');
  background.update(ended());
  expect(await screen.findByRole('button', { name: 'Send' })).toBe(button);
});
