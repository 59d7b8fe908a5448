import { expect, test, vi } from 'vitest';
import type { ExchangeUpdate } from '../../src/model/exchange.ts';
import type { RequestSpec } from '../../src/model/request-spec.ts';
import { openChannel, type Channel, type ChannelState, type PortLike } from '../../src/protocol/channel.ts';
import type { BackgroundMessage, PanelMessage } from '../../src/protocol/messages.ts';

/** A Port whose other end is the test; messages pass through structuredClone, as in a browser. */
class FakePort implements PortLike {
  readonly posted: PanelMessage[] = [];
  #listeners: ((message: unknown) => void)[] = [];
  #gone: (() => void)[] = [];
  readonly onMessage = { addListener: (listener: (message: unknown) => void) => void this.#listeners.push(listener) };
  readonly onDisconnect = { addListener: (listener: () => void) => void this.#gone.push(listener) };

  postMessage(message: unknown): void {
    this.posted.push(structuredClone(message) as PanelMessage);
  }
  disconnect(): void {}
  say(message: unknown): void {
    for (const listener of this.#listeners) listener(structuredClone(message));
  }
  drop(): void {
    for (const listener of this.#gone) listener();
  }
}

const spec: RequestSpec = {
  method: 'GET',
  url: 'http://host.test/',
  headers: [],
  body: { kind: 'none' },
  auth: null,
  timeout: { connect: null, read: null, total: null },
  followRedirects: true,
  maxRedirects: 30,
  retries: 0,
  verify: true,
  cookies: 'session',
  storeBrowserCookies: false,
  keepAuthorization: false,
  session: 'default',
};
const end: ExchangeUpdate = { kind: 'end', body: null, elapsed: 1, duration: 2, error: null, warnings: [] };

function open(takeBlob: (url: string) => Promise<Blob> = () => Promise.reject(new Error('Not here'))) {
  const ports: FakePort[] = [];
  const states: ChannelState[] = [];
  const strays: string[] = [];
  let alive = true;
  const channel: Channel = openChannel(
    () => {
      if (!alive) throw new Error('Extension context invalidated.');
      const port = new FakePort();
      ports.push(port);
      return port;
    },
    {
      onHello: () => {},
      onState: (state) => states.push(state),
      onStray: (message) => strays.push(message),
      takeBlob,
    },
  );
  const port = (index = -1): FakePort => {
    const found = ports.at(index);
    if (found === undefined) throw new Error('No port');
    return found;
  };
  const say = (message: BackgroundMessage): void => port().say(message);
  return { channel, ports, port, say, states, strays, die: () => (alive = false) };
}

test('an exchange hears its own updates, until its end', () => {
  const { channel, port, say } = open();
  const updates: ExchangeUpdate[] = [];
  const { id } = channel.send(spec, false, (update) => updates.push(update));
  expect(port().posted).toEqual([{ type: 'send', id, request: spec, private: false }]);
  say({ type: 'events', id: 'other', updates: [end] });
  const progress: ExchangeUpdate = { kind: 'progress', phase: 'download', loaded: 1, total: null };
  say({ type: 'events', id, updates: [progress, end] });
  say({ type: 'events', id, updates: [end] });
  expect(updates.map(({ kind }) => kind)).toEqual(['progress', 'end']);
});

test('cancel names the exchange', () => {
  const { channel, port } = open();
  const exchange = channel.send(spec, false, () => {});
  exchange.cancel();
  expect(port().posted.at(-1)).toEqual({ type: 'cancel', id: exchange.id });
});

test('after a lost Port it connects again, takes up exchanges and repeats calls', async () => {
  const { channel, ports, port } = open();
  const exchange = channel.send(spec, false, () => {});
  const ended = channel.send(spec, false, () => {});
  port().say({ type: 'events', id: ended.id, updates: [end] });
  const answer = channel.call('access', { url: 'http://host.test/' });
  const [callBefore] = port().posted.slice(-1);
  port().drop();
  await vi.waitFor(() => expect(ports).toHaveLength(2));
  expect(port().posted).toEqual([{ type: 'attach', id: exchange.id }, callBefore]);
  port().say({ type: 'reply', id: callBefore?.id, value: { granted: true } });
  expect(await answer).toEqual({ granted: true });
});

test('a request sent while the line is down is sent, not attached, when it is up', async () => {
  const { channel, ports, port } = open();
  port().drop();
  const { id } = channel.send(spec, false, () => {});
  await vi.waitFor(() => expect(ports).toHaveLength(2));
  expect(port().posted).toEqual([{ type: 'send', id, request: spec, private: false }]);
});

test('a refused or misshapen reply rejects the call', async () => {
  const { channel, port, say } = open();
  const refused = channel.call('access', { url: 'x' });
  say({ type: 'error', id: port().posted.at(-1)?.id ?? '', message: 'no' });
  await expect(refused).rejects.toThrow('no');
  const misshapen = channel.call('access', { url: 'x' });
  port().say({ type: 'reply', id: port().posted.at(-1)?.id, value: { granted: 'yes' } });
  await expect(misshapen).rejects.toThrow('access');
});

test('messages that are none are reported, not thrown', () => {
  const { port, strays } = open();
  port().say({ type: 'nonsense' });
  port().say(null);
  port().say({ type: 'error', id: null, message: 'Malformed message' });
  expect(strays).toHaveLength(3);
});

test('when the extension is gone, it says so and calls reject', async () => {
  const { channel, port, states, die } = open();
  const answer = channel.call('unfinished', {});
  die();
  port().drop();
  await expect(answer).rejects.toThrow('no longer');
  expect(states.at(-1)).toBe('gone');
  await expect(channel.call('unfinished', {})).rejects.toThrow('no longer');
  const update = await new Promise<ExchangeUpdate>((resolve) => channel.send(spec, false, resolve));
  expect(update).toMatchObject({ kind: 'end', error: { code: 'extension-gone' } });
});

test('requests of a batch asked for in one task go in one message, and again after a lost Port', async () => {
  const { channel, ports, port, say } = open();
  const order = (id: string) => ({ id, request: spec, hosts: ['host.test'], era: 'era' });
  const ends: string[] = [];
  const ask = (id: string) => channel.sendOnce(order(id), false, () => ends.push(id));
  ask('b.0.0');
  const cancel = ask('b.1.0');
  await Promise.resolve();
  const asked = { type: 'send-once', id: expect.any(String) as string, private: false };
  expect(port().posted).toEqual([{ ...asked, orders: [order('b.0.0'), order('b.1.0')] }]);
  say({ type: 'told', ended: [{ id: 'b.0.0', updates: [end] }] });
  expect(ends).toEqual(['b.0.0']);
  port().drop();
  await vi.waitFor(() => expect(ports).toHaveLength(2));
  expect(port().posted).toEqual([{ ...asked, orders: [order('b.1.0')] }]);
  cancel();
  expect(port().posted.at(-1)).toEqual({ type: 'cancel', id: 'b.1.0' });
});

test('a request of a batch that is cancelled in the same task was asked for first', () => {
  const { channel, port } = open();
  channel.sendOnce({ id: 'b.0.0', request: spec, hosts: [], era: 'era' }, true, () => {})();
  expect(port().posted.map(({ type }) => type)).toEqual(['send-once', 'cancel']);
});

test('a Blob that is offered is taken before the end is told; what cannot be taken comes as it is', async () => {
  const offered = { ...end, body: new Blob(['from the Port']), url: 'blob:there' };
  const own = new Blob(['the very one']);
  const { channel, port, say } = open((url) =>
    url === 'blob:there' ? Promise.resolve(own) : Promise.reject(new Error()),
  );
  const ended = (): { id: string; update: Promise<ExchangeUpdate> } => {
    let tell = (_update: ExchangeUpdate): void => {};
    const update = new Promise<ExchangeUpdate>((resolve) => (tell = resolve));
    return { id: channel.send(spec, false, (heard) => tell(heard)).id, update };
  };

  const taken = ended();
  say({ type: 'events', id: taken.id, updates: [offered] });
  expect(await taken.update).toEqual({ ...end, body: own });
  expect(port().posted.at(-1)).toEqual({ type: 'taken', id: taken.id, url: 'blob:there' });

  const refused = ended();
  say({ type: 'events', id: refused.id, updates: [{ ...offered, url: 'blob:elsewhere' }] });
  expect(await refused.update).toEqual({ ...end, body: offered.body });
  expect(port().posted.at(-1)?.type).toBe('send');
});
