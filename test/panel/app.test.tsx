// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { App } from '../../src/panel/app.tsx';
import { connectBackground } from '../../src/panel/background-client.ts';
import { createPreferences } from '../../src/panel/state/preferences.ts';
import { createWorkbench } from '../../src/panel/state/workbench.ts';
import { ended, FakeBackground } from './support/fake-background.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

interface SetUp {
  background?: FakeBackground;
  width?: number;
  keeping?: { setAside: number; lasting: boolean; failed: boolean };
}

function setUp({ background = new FakeBackground(), width = 1400, keeping }: SetUp = {}) {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width);
  const client = connectBackground({ connect: background.connect, inspectedTab: 7, isPrivate: false });
  const workbench = createWorkbench({ client, version: '1.0.0', draft: undefined });
  render(
    <App
      workbench={workbench}
      preferences={createPreferences(null)}
      keeping={signal(keeping ?? { setAside: 0, lasting: true, failed: false })}
      inTab={false}
      isMac={false}
    />,
  );
  return { background, workbench };
}

const url = () => screen.getByRole('textbox', { name: 'URL' });
const cancelled = ({ received }: FakeBackground) => received.filter(({ type }) => type === 'cancel').length;

test('Ctrl+Enter sends from anywhere, Esc cancels and is not seen by DevTools', async () => {
  const { background } = setUp();
  let seen = 0;
  const devTools = (event: KeyboardEvent): void => void (event.key === 'Escape' && seen++);
  document.addEventListener('keydown', devTools);
  fireEvent.input(url(), { target: { value: 'http://h/' } });
  fireEvent.keyDown(screen.getByRole('tab', { name: 'Auth' }), { key: 'Enter', ctrlKey: true });
  expect(background.sent).toHaveLength(1);
  fireEvent.keyDown(url(), { key: 'Enter', metaKey: true });
  expect(background.sent).toHaveLength(1);
  expect(fireEvent.keyDown(url(), { key: 'Escape' })).toBe(true);
  expect([cancelled(background), seen]).toEqual([1, 0]);
  background.update(ended());
  await screen.findByRole('button', { name: 'Send' });
  fireEvent.keyDown(url(), { key: 'Escape' });
  expect([cancelled(background), seen]).toEqual([1, 1]);
  document.removeEventListener('keydown', devTools);
});

test('what came back is announced', async () => {
  const { background } = setUp();
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  background.update({
    kind: 'head',
    elapsed: 5,
    response: { status: 200, reason: 'OK', ok: true, url: 'http://h/', httpVersion: null, headers: [], encoding: null },
  });
  background.update(ended());
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('200 OK'));
});

test('a draft that the panel refuses is announced by the name of its exception', async () => {
  const { workbench } = setUp();
  workbench.drafts.setOptions({ readTimeout: 'soon' });
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('ValueError'));
});

test('side by side there is a splitter, and no switch', () => {
  setUp();
  expect(screen.getByRole('separator').getAttribute('aria-orientation')).toBe('vertical');
  expect(screen.queryByRole('tablist', { name: 'View' })).toBeNull();
});

test('one above the other the splitter lies across', () => {
  setUp({ width: 600 });
  expect(screen.getByRole('separator').getAttribute('aria-orientation')).toBe('horizontal');
});

test('where one of the two is seen, sending shows the response', () => {
  setUp({ width: 320 });
  const view = (name: string) => screen.getByRole('tab', { name, selected: true });
  expect(view('Request')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(view('Response')).toBeTruthy();
  expect(screen.queryByRole('tablist', { name: 'Request' })).toBeNull();
  fireEvent.click(screen.getByRole('tab', { name: 'Request' }));
  expect(screen.getByRole('tablist', { name: 'Request' })).toBeTruthy();
});

test('after an update of the extension the panel asks to be opened again', async () => {
  const { background } = setUp();
  background.vanish();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Request Workbench was updated: close DevTools and open it again.');
});

test('a request that was cut off can be sent again while the draft is the same', async () => {
  const background = new FakeBackground();
  background.answers.unfinished = () => [{ id: 'x', method: 'GET', url: 'http://h/', startedAt: 1 }];
  setUp({ background });
  await screen.findByText('Outcome unknown');
  expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
  fireEvent.input(url(), { target: { value: 'http://h' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send again' }));
  expect(background.sent).toHaveLength(1);
  expect(screen.queryByText('Outcome unknown')).toBeNull();
});

test('a draft that cannot be kept is said so, once', () => {
  setUp({ keeping: { setAside: 1, lasting: false, failed: false } });
  expect(screen.getByText(/set aside, not deleted/)).toBeTruthy();
  expect(screen.getByText(/cannot be saved here/)).toBeTruthy();
  for (const button of screen.getAllByRole('button', { name: 'Dismiss' })) fireEvent.click(button);
  expect(screen.queryByText(/cannot be saved here/)).toBeNull();
});
