// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { Settings } from '../../../src/model/settings.ts';
import { standardSettings } from '../../../src/model/settings.ts';
import { connectBackground } from '../../../src/panel/background-client.ts';
import { SettingsDialog, type SettingsActions } from '../../../src/panel/settings/settings-dialog.tsx';
import { freshDraft, newDraft } from '../../../src/panel/state/new-draft.ts';
import { createSettings } from '../../../src/panel/state/settings.ts';
import { createWorkbench } from '../../../src/panel/state/workbench.ts';
import type { LockState } from '../../../src/storage/passphrase.ts';
import { FakeBackground } from '../support/fake-background.ts';

afterEach(cleanup);

async function setUp(change: Partial<SettingsActions> = {}, refuses = false) {
  let stored: Settings = { ...standardSettings };
  const store = await createSettings({
    read: () => Promise.resolve(stored),
    change(part) {
      if (refuses) return Promise.reject(new Error('full'));
      stored = { ...stored, ...part };
      return Promise.resolve(stored);
    },
    hear: () => () => {},
  });
  const client = connectBackground({ connect: new FakeBackground().connect, inspectedTab: null, isPrivate: false });
  const workbench = createWorkbench({ client, version: '1.0.0' });
  const actions: SettingsActions = {
    usage: () => Promise.resolve({ history: 3 * 1024 ** 2, used: 5 * 1024 ** 2, quota: 1024 ** 3, persisted: false }),
    passphrase: null,
    backup: null,
    fit: vi.fn(),
    erase: () => Promise.resolve(),
    ...change,
  };
  render(<SettingsDialog store={store} workbench={workbench} actions={actions} version="1.2.3" onClose={() => {}} />);
  return { workbench, actions, stored: () => stored };
}

const button = (name: string): HTMLButtonElement => screen.getByRole('button', { name, hidden: true });
const box = (name: string | RegExp): HTMLElement => screen.getByRole('textbox', { name, hidden: true });

test('what is used is shown, and whether the browser keeps it', async () => {
  await setUp();
  expect((await screen.findByText(/The history takes 3/)).textContent).toMatch(/5 MiB of 1 GiB.*may clear it/);
});

test('a smaller budget counts at once', async () => {
  const { actions, stored } = await setUp();
  fireEvent.input(box('History budget (MiB)'), { target: { value: '20' } });
  await waitFor(() => expect(actions.fit).toHaveBeenCalledTimes(1));
  expect(stored().historyBudget).toBe(20 * 1024 ** 2);
  fireEvent.input(box('History budget (MiB)'), { target: { value: 'much' } });
  expect(screen.getByText(/A whole number of MiB/)).toBeTruthy();
  expect(stored().historyBudget).toBe(20 * 1024 ** 2);
});

test('names of secrets come one a line', async () => {
  const { stored } = await setUp();
  fireEvent.input(box('Names of secret fields'), { target: { value: 'X-One\n\n X-Two ' } });
  await waitFor(() => expect(stored().marked).toEqual(['X-One', 'X-Two']));
});

test('new requests begin with the options of the one that is taken', async () => {
  const { workbench, stored } = await setUp();
  workbench.drafts.setOptions({ maxRedirects: '5' });
  fireEvent.click(await screen.findByRole('button', { name: 'Take the options of this request', hidden: true }));
  await waitFor(() => expect(freshDraft(stored()).options).toMatchObject({ maxRedirects: '5' }));
  await waitFor(() => expect(button('Back to the standard').disabled).toBe(false));
  fireEvent.click(button('Back to the standard'));
  await waitFor(() => expect(stored().defaults).toBeNull());
  expect(freshDraft(stored()).options).toEqual(newDraft().options);
});

test('what cannot be saved is said', async () => {
  await setUp({}, true);
  fireEvent.change(screen.getByLabelText('Theme'), { target: { value: 'dark' } });
  expect(await screen.findByText(/could not be saved/)).toBeTruthy();
});

function typeTwice(passphrase: string, again = passphrase): void {
  fireEvent.input(box(/assphrase$/), { target: { value: passphrase } });
  fireEvent.input(box('Once more'), { target: { value: again } });
}

test('a passphrase is set when it is long enough and the same twice, and can be removed', async () => {
  let state: LockState = 'none';
  const set: string[] = [];
  await setUp({
    passphrase: {
      state: () => Promise.resolve(state),
      set(passphrase) {
        set.push(passphrase);
        state = 'unlocked';
        return Promise.resolve();
      },
      remove() {
        state = 'none';
        return Promise.resolve();
      },
    },
  });
  typeTwice('short');
  expect(screen.getByText('At least 8 characters')).toBeTruthy();
  typeTwice('long enough', 'long enouhg');
  expect(screen.getByText('The two differ')).toBeTruthy();
  expect(button('Set passphrase').disabled).toBe(true);
  typeTwice('long enough');
  fireEvent.click(button('Set passphrase'));
  expect(await screen.findByText(/asked for when the browser starts/)).toBeTruthy();
  expect(set).toEqual(['long enough']);
  fireEvent.click(button('Remove passphrase'));
  expect(await screen.findByText('Removed.')).toBeTruthy();
  expect(button('Set passphrase')).toBeTruthy();
});
