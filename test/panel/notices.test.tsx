// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { connectBackground } from '../../src/panel/background-client.ts';
import { Notices } from '../../src/panel/notices.tsx';
import { newDraft } from '../../src/panel/state/new-draft.ts';
import { createWorkbench } from '../../src/panel/state/workbench.ts';
import { openDraftStorage } from '../../src/storage/drafts.ts';
import { PANEL_DATABASE } from '../../src/storage/panel-database.ts';
import { startWithoutDatabases } from '../storage/support/fresh-databases.ts';
import { FakeBackground } from './support/fake-background.ts';

startWithoutDatabases();
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

test('what could not be brought up to date is offered as a file, secrets masked', async () => {
  const typed = { ...newDraft(), url: 'http://typed.test/?access_token=planted-token' };
  await (await openDraftStorage()).save('1', 'a', typed);
  const background = new FakeBackground();
  const client = connectBackground({ connect: background.connect, inspectedTab: 7, isPrivate: false });
  const workbench = createWorkbench({ client, version: '1.0.0', draft: undefined });
  const keeping = { setAside: 0, lasting: true, failed: false, broken: PANEL_DATABASE };
  render(<Notices workbench={workbench} keeping={keeping} inTab={false} onSend={() => {}} />);
  expect(screen.getByText(/It was left as it was/)).toBeTruthy();

  const saved = new Promise<{ name: string; blob: Blob }>((resolve) => {
    let blob = new Blob();
    vi.spyOn(URL, 'createObjectURL').mockImplementation((made) => {
      if (made instanceof Blob) blob = made;
      return 'blob:made';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      resolve({ name: this.download, blob });
    });
  });
  fireEvent.click(screen.getByRole('button', { name: 'Save a copy' }));
  const { name, blob } = await saved;
  expect(name).toBe(`${PANEL_DATABASE}.json`);
  const text = await blob.text();
  expect(text).toContain('typed.test');
  expect(text).not.toContain('planted');
});
