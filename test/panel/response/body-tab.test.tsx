// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ResponsePane } from '../../../src/panel/response/response-pane.tsx';
import type { ExchangeSnapshot } from '../../../src/panel/state/exchange.ts';
import { listenForEscape } from '../../../src/panel/widgets/escape.ts';
import { slowBlob } from '../../inspect/support/slow-blob.ts';
import { answered, STARTED_AT } from './snapshots.ts';

// A busy machine takes longer than the second that is the rule.
configure({ asyncUtilTimeout: 4000 });
afterEach(cleanup);
// Otherwise the first test would have to wait for it.
beforeAll(() => import('../../../src/panel/response/body/body-view.tsx'), 60_000);

function show(first: ExchangeSnapshot) {
  const exchange = signal(first);
  render(<ResponsePane exchange={exchange} />);
  return (snapshot: ExchangeSnapshot) =>
    act(() => {
      exchange.value = snapshot;
    });
}

const json = (body: string) => answered({ headers: [['Content-Type', 'application/json']], body });
const text = (body: string | Uint8Array<ArrayBuffer>, type = 'text/plain') =>
  answered({ headers: [['Content-Type', type]], body });
const body = () => screen.getByRole('region', { name: 'Response body' });
const lines = () => [...body().querySelectorAll('.body-row')].map((row) => row.textContent);
const choice = (name: string): HTMLSelectElement => {
  const found = screen.getByRole('combobox', { name });
  if (!(found instanceof HTMLSelectElement)) throw new Error(`${name} is no list`);
  return found;
};
async function choose(name: string, value: string): Promise<void> {
  await screen.findByRole('combobox', { name });
  const list = choice(name);
  list.value = value;
  fireEvent.change(list);
}

describe('JSON', () => {
  test('is indented and otherwise exactly as it came', async () => {
    show(json('{"n":9007199254740993,"n":1.0,"big":1e400,"__proto__":{"s":"\\u00e9"},"list":[]}'));
    await waitFor(() =>
      expect(lines()).toEqual([
        '{',
        '  "n": 9007199254740993,',
        '  "n": 1.0,',
        '  "big": 1e400,',
        '  "__proto__": {',
        '    "s": "\\u00e9"',
        '  },',
        '  "list": []',
        '}',
      ]),
    );
    expect(choice('View as').value).toBe('json');
  });

  test('that breaks off shows what came and the place of the error', async () => {
    show(json('{"a": [1, 2'));
    await waitFor(() => expect(lines()).toEqual(['{', '  "a": [', '    1,', '    2']));
    const tab = screen.getByRole('tabpanel');
    expect(tab.textContent).toContain("JSONDecodeError: Expecting ',' delimiter: line 1 column 12 (char 11)");
    fireEvent.click(within(tab).getByRole('button', { name: 'Show as text' }));
    await waitFor(() => expect(lines()).toEqual(['{"a": [1, 2']));
  });

  test('folds by click and by keys', async () => {
    show(json('{"a":{"b":1},"c":2}'));
    await waitFor(() => expect(lines()).toHaveLength(6));
    const list = within(body()).getByRole('group', { name: 'Body as JSON' });
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    fireEvent.keyDown(list, { key: 'ArrowLeft' });
    await waitFor(() => expect(lines()).toEqual(['{', '  "a": {… 1 member},', '  "c": 2', '}']));
    const fold = body().querySelectorAll('.fold')[1];
    if (fold) fireEvent.click(fold);
    await waitFor(() => expect(lines()).toHaveLength(6));
    fireEvent.click(screen.getByRole('button', { name: 'Fold all' }));
    await waitFor(() => expect(lines()).toHaveLength(4));
  });

  test('stands as a tree that is worked by keys', async () => {
    show(json('{"a":[true,{"b":1}]}'));
    await choose('View as', 'tree');
    const tree = await screen.findByRole('tree', { name: 'Body as a tree' });
    await waitFor(() => expect(within(tree).getAllByRole('treeitem')).toHaveLength(5));
    const active = () =>
      within(tree)
        .getAllByRole('treeitem')
        .findIndex((item) => item.getAttribute('aria-selected') === 'true');
    for (const key of ['End', 'ArrowLeft']) {
      fireEvent.keyDown(tree, { key });
      await waitFor(() => expect(active()).toBe(key === 'End' ? 4 : 3));
    }
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    await waitFor(() => expect(within(tree).getAllByRole('treeitem')).toHaveLength(4));
    expect(within(tree).getAllByRole('treeitem')[3]?.getAttribute('aria-expanded')).toBe('false');
    expect(within(tree).getAllByRole('treeitem')[1]?.getAttribute('aria-level')).toBe('2');
  });

  test('of 10,000 levels is shown', async () => {
    show(json('['.repeat(10_000) + ']'.repeat(10_000)));
    await waitFor(() => expect(lines()[0]).toBe('['));
  });

  test('one value a line is no error', async () => {
    show(text('{"a":1}\n{"a":2}\n', 'application/x-ndjson'));
    await waitFor(() => expect(lines()).toHaveLength(6));
    expect(screen.queryByText(/JSONDecodeError/)).toBeNull();
  });
});

describe('text', () => {
  test('is shown line by line, and HTML is never rendered', async () => {
    show(text('<h1>Hi</h1>\n<script>1</script>', 'text/html; charset=utf-8'));
    await waitFor(() => expect(lines()).toEqual(['<h1>Hi</h1>', '<script>1</script>']));
    expect(body().querySelector('h1, script, iframe')).toBeNull();
    expect([...body().querySelectorAll('.body-row')].map((row) => row.getAttribute('data-line'))).toEqual(['1', '2']);
  });

  test('comes in the declared charset, and in any other on demand', async () => {
    show(text(Uint8Array.of(0x93, 0x68, 0x80), 'text/plain; charset=iso-8859-1'));
    await waitFor(() => expect(lines()).toEqual(['\u0093h\u0080']));
    await choose('Charset', 'windows-1252');
    await waitFor(() => expect(lines()).toEqual(['“h€']));
  });

  test('without a charset is guessed, and the guess is called one', async () => {
    show(text(Uint8Array.from('café noir', (character) => character.charCodeAt(0))));
    await waitFor(() => expect(lines()).toEqual(['café noir']));
    expect(choice('Charset').selectedOptions[0]?.textContent).toBe('windows-1252 (guessed)');
  });

  test('keeps the chosen charset for its own exchange only', async () => {
    const next = show(text('é'));
    await choose('Charset', 'iso-8859-1');
    await waitFor(() => expect(lines()).toEqual(['Ã©']));
    await next({ ...text('ü'), startedAt: STARTED_AT + 1 });
    await waitFor(() => expect(lines()).toEqual(['ü']));
  });

  test('breaks long lines unless told not to', async () => {
    show(text('x'.repeat(500)));
    await waitFor(() => expect(lines().length).toBeGreaterThan(1));
    fireEvent.click(screen.getByRole('button', { name: 'Wrap lines' }));
    await waitFor(() => expect(lines()).toEqual(['x'.repeat(500)]));
  });
});

describe('other bodies', () => {
  test('bytes are shown in hexadecimal', async () => {
    show(text(Uint8Array.of(0x00, 0x41, 0xff), 'application/octet-stream'));
    await waitFor(() => expect(body().querySelector('.hex-bytes')?.textContent).toBe('0041ff'));
    expect(body().querySelector('.hex-text')?.textContent).toBe('·A·');
  });

  test('images are drawn from a blob URL in an img', async () => {
    show(text(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'));
    const image = await screen.findByRole('img', { name: 'The image that was received' });
    expect(image.getAttribute('src')).toMatch(/^blob:/);
  });

  test('an SVG is text', async () => {
    show(text('<svg onload="alert(1)"/>', 'image/svg+xml'));
    await waitFor(() => expect(lines()).toEqual(['<svg onload="alert(1)"/>']));
    expect([...choice('View as').options].map((option) => option.value)).not.toContain('image');
  });

  test.each([
    [answered({ method: 'HEAD' }), /HEAD has no body/],
    [answered({ status: 204, reason: 'No Content' }), /status 204 has no body/],
    [answered({ status: 304, reason: 'Not Modified' }), /status 304 has no body/],
    [answered({}), /empty \(0 bytes\)/],
  ])('none at all is explained (%#)', (snapshot, words) => {
    show({
      ...snapshot,
      hops: snapshot.hops.map((hop) => ({
        ...hop,
        request: { ...hop.request, method: snapshot.prepared?.method ?? '' },
      })),
    });
    expect(body().textContent).toMatch(words);
  });

  test('the view chosen for one kind of body stays for that kind', async () => {
    const next = show(json('{"a":1}'));
    await choose('View as', 'hex');
    await next({ ...text('words'), startedAt: STARTED_AT + 1 });
    await waitFor(() => expect(lines()).toEqual(['words']));
    await next({ ...json('{"b":2}'), startedAt: STARTED_AT + 2 });
    await waitFor(() => expect(body().querySelector('.hex-text')?.textContent).toBe('{"b":2}'));
  });
});

describe('a body that is still coming', () => {
  test('is shown from its first part on and is no error until it ends', async () => {
    const whole = json('{"a":1,"b":2}');
    const part = new TextEncoder().encode('{"a":1,');
    const next = show({ ...whole, state: 'running', body: null, bodyPart: part });
    await waitFor(() => expect(lines()).toEqual(['{', '  "a": 1']));
    expect(screen.queryByText(/JSONDecodeError/)).toBeNull();
    await next({ ...whole, bodyPart: part });
    await waitFor(() => expect(lines()).toEqual(['{', '  "a": 1,', '  "b": 2', '}']));
  });
});

describe('JSON', () => {
  test('is filtered by a JSONPath; the active row tells its path and value', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    show(json('{"a":[{"n":1.0},{"n":2.50}]}'));
    fireEvent.click(await screen.findByRole('button', { name: 'Filter' }));
    const field = await screen.findByRole('textbox', { name: 'JSONPath' });
    fireEvent.input(field, { target: { value: '$..n' } });
    await screen.findByText('2 values');
    await waitFor(() => expect(lines()).toEqual(["$['a'][0]['n'] 1.0", "$['a'][1]['n'] 2.50"]));
    fireEvent.keyDown(within(body()).getByRole('group', { name: 'Body as JSON' }), { key: 'ArrowDown' });
    const place = within(body()).getByRole('group', { name: 'Place' });
    await waitFor(() => expect(place.textContent).toContain("$['a'][1]['n']"));
    fireEvent.click(within(place).getByRole('button', { name: 'Copy value' }));
    await waitFor(() => expect(write).toHaveBeenLastCalledWith('2.50'));
    fireEvent.click(within(place).getByRole('button', { name: 'Copy path' }));
    await waitFor(() => expect(write).toHaveBeenLastCalledWith("$['a'][1]['n']"));
    fireEvent.input(field, { target: { value: '$[' } });
    await screen.findByText(/at character/);
    fireEvent.click(screen.getByRole('button', { name: 'Close filter' }));
    await waitFor(() => expect(lines()).toHaveLength(10));
    write.mockRestore();
  });
});

describe('a body that is still being read', () => {
  test('shows its rows meanwhile, how far it is, and stays where it was as more come', async () => {
    const { blob, release } = slowBlob('{"a":1,"b":2}');
    show({ ...json('{"a":1,"b":2}'), body: blob, bodyPart: null });
    await release('{"a":1,'.length);
    await waitFor(() => expect(lines()).toEqual(['{', '  "a": 1']));
    expect(screen.getByText('Reading 7 B of 13 B')).toBeTruthy();
    const first = body().querySelector('.body-row');
    await release(99);
    await waitFor(() => expect(lines()).toEqual(['{', '  "a": 1,', '  "b": 2', '}']));
    await waitFor(() => expect(screen.queryByText(/^Reading/)).toBeNull());
    expect(body().querySelector('.body-row')).toBe(first);
  });
});

describe('the search', () => {
  test('opens by Ctrl+F in the body, counts, leads on and closes by Esc', async () => {
    const stop = listenForEscape(window);
    show(text('one two\nONE\nthree one'));
    await waitFor(() => expect(lines()).toHaveLength(3));
    const list = within(body()).getByRole('group', { name: 'Body as text' });
    fireEvent.keyDown(list, { key: 'f', ctrlKey: true });
    const field = await screen.findByRole('textbox', { name: 'Find in body' });
    fireEvent.input(field, { target: { value: 'one' } });
    await screen.findByText('1 of 3');
    await waitFor(() => expect(body().querySelectorAll('mark')).toHaveLength(3));
    fireEvent.keyDown(field, { key: 'Enter' });
    await screen.findByText('2 of 3');
    await waitFor(() => expect(body().querySelector('mark[data-current="true"]')?.textContent).toBe('ONE'));
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    await screen.findByText('1 of 3');
    fireEvent.input(field, { target: { value: 'nowhere' } });
    await screen.findByText('No match');
    fireEvent.keyDown(field, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Find in body' })).toBeNull());
    stop();
  });

  test('leaves Ctrl+F elsewhere to the browser', async () => {
    show(text('one'));
    await waitFor(() => expect(lines()).toHaveLength(1));
    expect(fireEvent.keyDown(screen.getByRole('tab', { name: /^Body/ }), { key: 'f', ctrlKey: true })).toBe(true);
    expect(screen.queryByRole('textbox', { name: 'Find in body' })).toBeNull();
  });
});

describe('the whole body', () => {
  test('is copied as it came', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    show(json('{"a":1.0}'));
    fireEvent.click(await screen.findByRole('button', { name: 'Copy body' }));
    await screen.findByText('Copied');
    expect(write).toHaveBeenCalledWith('{"a":1.0}');
    write.mockRestore();
  });

  test('is copied in other forms, by keys', async () => {
    const stop = listenForEscape(window);
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    show(text(Uint8Array.of(0xff, 0x41), 'text/html; charset=iso-8859-1'));
    const button = await screen.findByRole('button', { name: 'More ways to copy' });
    fireEvent.keyDown(button, { key: 'ArrowDown' });
    const menu = await screen.findByRole('menu', { name: 'More ways to copy' });
    const items = within(menu).getAllByRole('menuitem');
    expect(items.map((item) => item.textContent)).toEqual([
      'Copy as text',
      'Copy as base64',
      'Copy as data URL',
      'Copy as hex',
      'Open as text in a tab',
    ]);
    expect(document.activeElement).toBe(items[0]);
    fireEvent.keyDown(menu, { key: 'End' });
    expect(document.activeElement).toBe(items[4]);
    fireEvent.keyDown(menu, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(document.activeElement).toBe(button);
    for (const [name, copied] of [
      ['Copy as text', 'ÿA'],
      ['Copy as base64', '/0E='],
      ['Copy as data URL', 'data:text/html;charset=iso-8859-1;base64,/0E='],
      ['Copy as hex', 'ff41'],
    ] as const) {
      fireEvent.click(button);
      fireEvent.click(await screen.findByRole('menuitem', { name }));
      await waitFor(() => expect(write).toHaveBeenLastCalledWith(copied));
    }
    write.mockRestore();
    stop();
  });

  test.each([
    ['text/html', 'Open as text in a tab', 'text/plain;charset=utf-8'],
    ['image/svg+xml', 'Open as text in a tab', 'text/plain;charset=utf-8'],
    ['application/xhtml+xml', 'Open as text in a tab', 'text/plain;charset=utf-8'],
    ['application/pdf', 'Open in a tab', 'application/pdf'],
  ])('of type %s opens in a tab as what cannot do harm', async (type, name, shownAs) => {
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    const create = vi.spyOn(URL, 'createObjectURL');
    show(text('<script>1</script>', type));
    fireEvent.click(await screen.findByRole('button', { name: 'More ways to copy' }));
    fireEvent.click(await screen.findByRole('menuitem', { name }));
    await waitFor(() => expect(click).toHaveBeenCalled());
    const opened = create.mock.calls.at(-1)?.[0];
    expect(opened instanceof Blob && opened.type).toBe(shownAs);
    create.mockRestore();
    click.mockRestore();
  });

  test('is saved under the name that the server gives', async () => {
    const clicked: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      clicked.push(this.download);
    });
    show(
      answered({
        headers: [
          ['Content-Type', 'application/json'],
          ['Content-Disposition', "attachment; filename*=UTF-8''na%C3%AFve.json"],
        ],
        body: '{}',
      }),
    );
    const button = await screen.findByRole('button', { name: 'Save as' });
    expect(button.getAttribute('title')).toBe('Save the body as naïve.json');
    fireEvent.click(button);
    expect(clicked).toEqual(['naïve.json']);
    click.mockRestore();
  });
});
