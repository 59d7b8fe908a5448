import { expect, test, vi } from 'vitest';
import { newSession, type SessionSettings } from '../../../src/model/session.ts';
import { connectBackground } from '../../../src/panel/background-client.ts';
import { createSessions } from '../../../src/panel/state/sessions.ts';
import { FakeBackground } from '../support/fake-background.ts';

function setUp() {
  const background = new FakeBackground();
  const kept = new Map<string, SessionSettings>([['default', newSession('default', 'Default', 0)]]);
  background.answers.sessions = () => ({ sessions: [...kept.values()] });
  background.answers['put-session'] = ({ settings }) => {
    kept.set(settings.id, settings);
    return { done: true };
  };
  background.answers['remove-session'] = ({ session }) => {
    kept.delete(session);
    return { done: true };
  };
  let tell = (): void => {};
  const client = connectBackground({ connect: background.connect, inspectedTab: null, isPrivate: false });
  const store = createSessions(client, (listener) => {
    tell = listener;
    return () => {};
  });
  return { background, kept, store, tell: () => tell(), names: () => store.sessions.value.map(({ name }) => name) };
}

test('a change counts at once and is told to the background', async () => {
  const { store, kept, names } = setUp();
  store.put(newSession('a', 'first', 2));
  store.put(newSession('b', 'second', 1));
  expect(names()).toEqual(['Default', 'second', 'first']);
  store.put(newSession('a', 'renamed', 2));
  await vi.waitFor(() => expect(kept.get('a')?.name).toBe('renamed'));
  store.remove('b');
  expect(names()).toEqual(['Default', 'renamed']);
  await vi.waitFor(() => expect([...kept.keys()]).toEqual(['default', 'a']));
});

test('what is being typed is not replaced by older news, and other panels’ changes arrive', async () => {
  const { store, kept, tell, names } = setUp();
  await vi.waitFor(() => expect(store.sessions.value).toHaveLength(1));
  store.put(newSession('a', 'ty', 2));
  // Told by the background of an earlier change, while the last one is under way.
  tell();
  store.put(newSession('a', 'typed', 2));
  tell();
  await vi.waitFor(() => expect(kept.get('a')?.name).toBe('typed'));
  expect(names()).toEqual(['Default', 'typed']);
  kept.set('c', newSession('c', 'from elsewhere', 3));
  tell();
  await vi.waitFor(() => expect(names()).toEqual(['Default', 'typed', 'from elsewhere']));
  expect(store.news.value).toBe(3);
});
