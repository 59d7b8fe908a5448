import { describe, expect, it, vi } from 'vitest';
import { openView } from '../../../src/panel/response/body/open-view.ts';
import { hostView } from '../../../src/panel/workers/body-host.ts';
import type { ViewReply } from '../../../src/panel/workers/body-messages.ts';

describe('openView', () => {
  it('reads a small body in the page', async () => {
    const view = openView({ kind: 'text', blob: new Blob(['a\nb']), charset: 'utf-8', columns: 80 });
    await vi.waitFor(() => expect(view.state.value?.done).toBe(true));
    expect((await view.rows(0, 9)).map((row) => row.type === 'text' && row.text)).toEqual(['a', 'b']);
    const before = view.version.value;
    expect(await view.find({ text: 'b', isPattern: false, matchCase: false }, () => {})).toMatchObject({ count: 1 });
    expect(await view.goTo(0)).toBe(1);
    expect(view.version.value).toBeGreaterThan(before);
    view.close();
  });

  it('says why a body cannot be read', async () => {
    const broken = new Blob(['x']);
    broken.slice = () => {
      throw new Error('The file is gone');
    };
    const view = openView({ kind: 'text', blob: broken, charset: 'utf-8', columns: 80 });
    await vi.waitFor(() => expect(view.failure.value).toBe('The file is gone'));
    view.close();
  });

  it('falls silent once it is closed', async () => {
    const view = openView({ kind: 'text', blob: new Blob(['a']), charset: 'utf-8', columns: 80 });
    view.close();
    const other = openView({ kind: 'text', blob: new Blob(['a']), charset: 'utf-8', columns: 80 });
    await vi.waitFor(() => expect(other.state.value?.done).toBe(true));
    expect(view.state.value).toBeNull();
    other.close();
  });
});

describe('hostView', () => {
  /** As a worker hears and answers: everything is cloned on its way. */
  function host() {
    const replies: ViewReply[] = [];
    const receive = hostView((reply) => replies.push(structuredClone(reply)));
    return {
      receive,
      replies,
      heard: (op: ViewReply['op']) => vi.waitFor(() => expect(replies.map((reply) => reply.op)).toContain(op)),
    };
  }

  it('answers in messages that can be cloned', async () => {
    const { receive, replies, heard } = host();
    receive({
      op: 'open',
      spec: { kind: 'json', blob: new Blob(['{"a":[1]}']), charset: 'utf-8', layout: 'pretty', many: false },
    });
    await heard('state');
    receive({ op: 'toggle', node: 1 });
    receive({ op: 'rows', id: 7, from: 0, to: 10 });
    await heard('rows');
    expect(replies.at(-1)).toMatchObject({
      op: 'rows',
      id: 7,
      rows: [{ part: 'open' }, { part: 'folded' }, { part: 'close' }],
    });
    receive({ op: 'fold-all', folded: false });
    receive({ op: 'find', id: 8, query: { text: 'a', isPattern: false, matchCase: false } });
    await heard('found');
    receive({ op: 'go-to', id: 9, match: 0 });
    await heard('row');
    expect(replies.at(-1)).toEqual({ op: 'row', id: 9, row: 1 });
  });

  it('opens other charsets and bytes', async () => {
    const { receive, replies, heard } = host();
    const blob = new Blob([Uint8Array.of(0xe9)]);
    receive({ op: 'open', spec: { kind: 'text', blob, charset: 'iso-8859-1', columns: 80 } });
    await heard('state');
    receive({ op: 'rows', id: 1, from: 0, to: 1 });
    await heard('rows');
    expect(replies.at(-1)).toMatchObject({ rows: [{ text: 'é' }] });
    const hex = host();
    hex.receive({ op: 'open', spec: { kind: 'hex', blob, width: 16 } });
    await hex.heard('state');
    hex.receive({ op: 'rows', id: 1, from: 0, to: 1 });
    await hex.heard('rows');
    expect(hex.replies.at(-1)).toMatchObject({ rows: [{ bytes: Uint8Array.of(0xe9) }] });
  });
});
