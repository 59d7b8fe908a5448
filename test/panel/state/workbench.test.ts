import { expect, test, vi } from 'vitest';
import { connectBackground } from '../../../src/panel/background-client.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { createWorkbench, isSameRequest } from '../../../src/panel/state/workbench.ts';
import { ended, FakeBackground } from '../support/fake-background.ts';

function setUp({ background = new FakeBackground(), isPrivate = false } = {}) {
  const client = connectBackground({ connect: background.connect, inspectedTab: 7, isPrivate });
  const workbench = createWorkbench({ client, version: '1.0.0', draft: undefined });
  return { background, workbench };
}

test('the Port names the inspected tab', () => {
  expect(setUp().background.names).toEqual(['workbench:7']);
});

test('sends the draft, hears of it and lets go of it at the end', async () => {
  const { background, workbench } = setUp({ isPrivate: true });
  workbench.drafts.setUrl('http://h/?a=1');
  workbench.send();
  workbench.send();
  expect(background.sent).toMatchObject([{ request: { url: 'http://h/?a=1' }, private: true }]);
  expect(workbench.running.value).toBe(true);
  background.update(ended());
  await vi.waitFor(() => expect(workbench.running.value).toBe(false));
});

test('cancel goes to the exchange under way', () => {
  const { background, workbench } = setUp();
  expect(workbench.cancel()).toBe(false);
  workbench.send();
  expect(workbench.cancel()).toBe(true);
  expect(background.received.at(-1)).toEqual({ type: 'cancel', id: background.sent[0]?.id });
});

test('what the panel refuses is not sent', () => {
  const { background, workbench } = setUp();
  workbench.drafts.setBody({ type: 'json', json: '{' });
  workbench.send();
  expect(background.sent).toEqual([]);
  expect(workbench.exchange.value).toMatchObject({ state: 'done', error: { name: 'InvalidJSONError' } });
});

test('an update of the extension ends what was under way and says so', async () => {
  const { background, workbench } = setUp();
  workbench.drafts.setUrl('http://h/');
  workbench.send();
  await vi.waitFor(() => expect(workbench.defaultHeaders.value).toHaveLength(2));
  background.vanish();
  await vi.waitFor(() => expect(workbench.outdated.value).toBe(true));
  expect(workbench.exchange.value).toMatchObject({ state: 'done', error: { name: 'OutcomeUnknown' } });
  workbench.send();
  expect(workbench.exchange.value.error?.message).toMatch(/Nothing was sent/);
  expect(workbench.drafts.draft.value.url).toBe('http://h/');
});

test('a background of another version makes the page outdated', async () => {
  const background = new FakeBackground();
  background.hello = { ...background.hello, version: '1.1.0' };
  const { workbench } = setUp({ background });
  await vi.waitFor(() => expect(workbench.outdated.value).toBe(true));
});

test('exchanges that were cut off are told until they are dismissed', async () => {
  const background = new FakeBackground();
  background.answers.unfinished = () => [{ id: 'x', method: 'post', url: 'http://H', startedAt: 1 }];
  const { workbench } = setUp({ background });
  await vi.waitFor(() => expect(workbench.unfinished.value).toHaveLength(1));
  const [entry] = workbench.unfinished.value;
  if (entry === undefined) throw new Error('none');
  expect(isSameRequest({ ...newDraft(), method: 'POST', url: 'http://h/' }, entry)).toBe(true);
  expect(isSameRequest({ ...newDraft(), method: 'POST', url: 'http://h/other' }, entry)).toBe(false);
  workbench.dismissUnfinished('x');
  expect(workbench.unfinished.value).toEqual([]);
});

test('access that is withheld is known before sending, and asked for', async () => {
  const background = new FakeBackground();
  background.answers.access = () => ({ granted: false });
  const { workbench } = setUp({ background });
  workbench.drafts.setUrl('http://h/path');
  await vi.waitFor(() => expect(workbench.access.withheld.value).toBe('http://h'));
  workbench.access.ask('http://h/path');
  await vi.waitFor(() => expect(workbench.access.withheld.value).toBeNull());
  expect(background.received.at(-1)).toMatchObject({ type: 'ask-access', url: 'http://h/path' });
});
