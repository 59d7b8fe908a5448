import { expect, test } from 'vitest';
import { connectBackground } from '../../../src/panel/background-client.ts';
import { privateHistory } from '../../../src/panel/history/private-history.ts';
import { recorded } from '../../storage/support/recorded.ts';
import { ended, FakeBackground } from '../support/fake-background.ts';

function setUp() {
  const background = new FakeBackground();
  const history = privateHistory(() => []);
  const connected = connectBackground({ connect: background.connect, inspectedTab: 7, isPrivate: true });
  return { background, history, client: history.keep(connected) };
}

test('what is sent stays in the panel, what it sends for itself does not', async () => {
  const { background, history, client } = setUp();
  const { request, prepared, hops, head } = recorded();
  if (request === null || prepared === null || head === null) throw new Error('The sample is not whole');
  const heard = new Promise<void>((resolve) => void history.hear(() => resolve()));
  client.send(request, () => {});
  expect(background.sent).toMatchObject([{ private: true }]);
  background.update({ kind: 'prepared', at: 1000, prepared, plan: [] });
  for (const hop of hops) background.update({ kind: 'hop', hop });
  background.update({ kind: 'head', response: head, elapsed: 5 });
  background.update({ kind: 'progress', phase: 'download', loaded: 3, total: null });
  background.update(ended({ body: new Blob(['abc']) }));
  await heard;
  await new Promise<void>((resolve) => {
    client.sendUnrecorded(request, () => resolve());
    background.update(ended());
  });
  const { items } = await history.reader.entries(null, 10);
  expect(items).toMatchObject([{ method: 'POST', status: 200, size: 3 }]);

  await client.changeHistory({ kind: 'pin', entries: [1], pinned: true });
  expect((await history.reader.open(1))?.entry.pinned).toBe(true);
  await client.changeHistory({ kind: 'remove', entries: [1] });
  expect((await history.reader.entries(null, 10)).items).toEqual([]);
  expect(background.received.some(({ type }) => type === 'history')).toBe(false);
});
