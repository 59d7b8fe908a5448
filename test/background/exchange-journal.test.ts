import { expect, test } from 'vitest';
import { createJournal, type JournalArea } from '../../src/background/exchange-journal.ts';
import { lastWord, lostExchange } from '../../src/background/lost-exchange.ts';
import { outcomeOf, type Outcome } from '../../src/background/outcome.ts';

/** What outlives a background: each journal made of it is that of another one. */
function memory(): JournalArea & { readonly items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  return {
    items,
    get: () => Promise.resolve(Object.fromEntries(items)),
    set: (added) => {
      for (const [key, value] of Object.entries(added)) items.set(key, structuredClone(value));
      return Promise.resolve();
    },
    remove: (keys) => {
      for (const key of keys) items.delete(key);
      return Promise.resolve();
    },
  };
}

const begun = (id: string, isPrivate = false) => ({
  id,
  method: 'GET',
  url: `http://h.test/${id}`,
  startedAt: 5,
  private: isPrivate,
});
const answered: Outcome = {
  status: 200,
  reason: 'OK',
  url: 'http://h.test/at-last',
  elapsed: 3,
  duration: 4,
  error: null,
};

test('what ended stays in the journal until the history has it', async () => {
  const area = memory();
  const journal = createJournal(area);
  await journal.begin(begun('one'));
  await journal.begin(begun('two'));
  await journal.end('one', answered);
  await journal.end('two', answered);
  await journal.settle(['one']);
  expect(await createJournal(area).left()).toMatchObject([{ id: 'two', hasEnded: true, outcome: answered }]);
  await journal.settle(['two']);
  expect(area.items.size).toBe(0);
});

test('one is on record at once as ended, if it is on record at all', async () => {
  const area = memory();
  const journal = createJournal(area);
  await journal.begin(begun('one'));
  void journal.end('one', answered);
  expect(await createJournal(area).left()).toMatchObject([{ hasEnded: true }]);
});

test('an end is not overtaken by its own beginning', async () => {
  const area = memory();
  let release = (): void => {};
  const slow: JournalArea = {
    ...area,
    set: async (items) => {
      await new Promise<void>((resolve) => (release = resolve));
      await area.set(items);
    },
  };
  const journal = createJournal(slow);
  const beginning = journal.begin(begun('one'));
  const ending = journal.end('one', answered);
  release();
  await beginning;
  await Promise.resolve();
  release();
  await ending;
  expect(await createJournal(area).left()).toMatchObject([{ hasEnded: true }]);
});

test('a private one goes with its end', async () => {
  const area = memory();
  const journal = createJournal(area);
  await journal.begin(begun('one', true));
  await journal.progress('one', answered);
  await journal.end('one', answered);
  expect(area.items.size).toBe(0);
});

test('what was cut off is told to one panel, once; what had ended to none', async () => {
  const area = memory();
  const before = createJournal(area);
  for (const id of ['ended', 'cut', 'told']) await before.begin(begun(id));
  await before.end('ended', answered);
  const after = createJournal(area);
  await after.begin(begun('running'));
  expect((await after.left()).map(({ id }) => id)).toEqual(['ended', 'cut', 'told']);
  await after.forgetCutOff('told');
  expect(await after.takeCutOff()).toEqual([{ id: 'cut', method: 'GET', url: 'http://h.test/cut', startedAt: 5 }]);
  expect(await after.takeCutOff()).toEqual([]);
});

test('the history is told what is known, and what is not', () => {
  const base = { ...begun('one'), outcome: null, hasEnded: false };
  const lost = { method: 'GET', url: 'http://h.test/one' };
  expect(lostExchange(base).exchange).toMatchObject({ head: null, error: { name: 'OutcomeUnknown' }, lost });
  expect(lostExchange({ ...base, outcome: answered }).exchange).toMatchObject({
    head: { status: 200, ok: true },
    error: { name: 'OutcomeUnknown' },
    lost: { url: 'http://h.test/at-last' },
  });
  expect(lostExchange({ ...base, outcome: answered, hasEnded: true }).exchange).toMatchObject({
    head: { status: 200 },
    error: { name: 'ResponseLost' },
    elapsed: 3,
    duration: 4,
  });
  const error = { name: 'ConnectTimeout', code: 'connect-timeout', message: 'Too slow.', netError: null };
  expect(lastWord({ outcome: { ...answered, status: null, error }, hasEnded: true })).toMatchObject({ error });
});

test('no secret of an error or a URL is in an outcome', () => {
  const message = 'http://me:planted@h.test/?token=planted failed';
  const error = { name: 'ConnectionError', code: 'connection', message, netError: null };
  const url = 'http://h.test/?api_key=planted';
  const response = { status: 500, reason: '', ok: false, url, httpVersion: null, headers: [], encoding: null };
  const outcome = outcomeOf([
    { kind: 'head', response, elapsed: 1 },
    { kind: 'end', body: null, elapsed: 1, duration: 2, error, warnings: [] },
  ]);
  expect(JSON.stringify(outcome)).not.toContain('planted');
  expect(outcome).toMatchObject({ status: 500, error: { name: 'ConnectionError' } });
});
