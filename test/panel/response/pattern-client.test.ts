import { describe, expect, it } from 'vitest';
import type { MatchBatch } from '../../../src/inspect/finder.ts';
import { searchPattern } from '../../../src/inspect/pattern-search.ts';
import { hostView } from '../../../src/panel/workers/body-host.ts';
import type { ViewReply } from '../../../src/panel/workers/body-messages.ts';
import type { Helper } from '../../../src/panel/workers/helpers.ts';
import { PatternTimeout, searchInWorker } from '../../../src/panel/workers/pattern-client.ts';
import type { PatternReply, PatternRequest } from '../../../src/panel/workers/pattern-messages.ts';

/** What stands in for a worker: runs `answer` when it is asked, and knows whether it was ended. */
function fakeWorker(answer: (request: PatternRequest, reply: (message: PatternReply) => void) => void) {
  const events = new EventTarget();
  const worker = {
    ended: false,
    postMessage: (request: PatternRequest) =>
      answer(request, (data) => events.dispatchEvent(new MessageEvent('message', { data }))),
    addEventListener: events.addEventListener.bind(events),
    terminate() {
      worker.ended = true;
    },
  };
  return worker satisfies Helper;
}

const query = { text: 'a', isPattern: true, matchCase: false };

describe('searchInWorker', () => {
  it('passes matches on and ends the worker', async () => {
    const worker = fakeWorker(({ blob, query: asked }, reply) => {
      void (async () => {
        for await (const batch of searchPattern(blob, asked)) reply({ op: 'batch', batch });
        reply({ op: 'done' });
      })();
    });
    const batches: MatchBatch[] = [];
    for await (const batch of searchInWorker(new Blob(['xaxa']), query, () => worker)) batches.push(batch);
    expect(batches).toEqual([{ starts: [1, 3], lengths: [1, 1], searched: 4 }]);
    expect(worker.ended).toBe(true);
  });

  it('ends a worker that hangs, and says so', async () => {
    const worker = fakeWorker((_request, reply) => reply({ op: 'running' }));
    const searching = searchInWorker(new Blob(['xaxa']), query, () => worker, 10).next();
    await expect(searching).rejects.toBeInstanceOf(PatternTimeout);
    expect(worker.ended).toBe(true);
  });

  it('tells the view, which goes on answering', async () => {
    const replies: ViewReply[] = [];
    const heard = new EventTarget();
    const next = (op: string): Promise<void> =>
      new Promise((resolve) => heard.addEventListener(op, () => resolve(), { once: true }));
    const receive = hostView(
      (reply) => {
        replies.push(reply);
        heard.dispatchEvent(new Event(reply.op));
      },
      {
        searchPattern: (blob, asked) =>
          searchInWorker(blob, asked, () => fakeWorker((_request, reply) => reply({ op: 'running' })), 10),
        highlight: async () => null,
      },
    );
    const loaded = next('state');
    receive({ op: 'open', spec: { kind: 'text', blob: new Blob(['aaa']), charset: 'utf-8', columns: 80 } });
    await loaded;
    const failed = next('failed');
    receive({ op: 'find', id: 1, query });
    await failed;
    expect(replies.at(-1)).toMatchObject({ op: 'failed', id: 1, name: 'PatternTimeout' });
    const rows = next('rows');
    receive({ op: 'rows', id: 2, from: 0, to: 1 });
    await rows;
    expect(replies.at(-1)).toMatchObject({ rows: [{ text: 'aaa' }] });
  });
});
