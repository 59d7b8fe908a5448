import type { PortLike } from '../../../src/protocol/channel.ts';
import {
  panelMessageSchema,
  type BackgroundMessage,
  type CallType,
  type Hello,
  type PanelMessage,
  type Reply,
} from '../../../src/protocol/messages.ts';
import * as v from 'valibot';
import { newSession } from '../../../src/model/session.ts';
import type { ExchangeUpdate } from '../../../src/model/exchange.ts';

type Answers = { [T in CallType]: (message: Extract<PanelMessage, { type: T }>) => Reply<T> };

export const hello: Hello = {
  type: 'hello',
  version: '1.0.0',
  browser: 'chrome',
  defaultHeaders: [
    ['User-Agent', 'Browser/1'],
    ['Accept', '*/*'],
  ],
};

const head = new Uint8Array();

/** A background at the other end of a Port: what is sent through it is cloned and checked, as by the real one. */
export class FakeBackground {
  readonly received: PanelMessage[] = [];
  readonly names: string[] = [];
  gone = false;
  hello: Hello = hello;
  answers: Answers = {
    'read-live': () => ({ bytes: new Uint8Array(), arrivals: [], ended: true }),
    preview: ({ request }) => ({
      ok: true,
      prepared: {
        method: request.method.toUpperCase(),
        url: request.url,
        target: '/',
        headers: [],
        body: { kind: 'none', size: 0, head },
      },
      plan: [],
    }),
    access: () => ({ granted: true }),
    'ask-access': () => ({ granted: true }),
    'open-site': () => ({ opened: true }),
    unfinished: () => [],
    history: () => ({ done: true }),
    settled: () => ({ done: true }),
    era: () => ({ era: 'this-run' }),
    sessions: () => ({ sessions: [newSession('default', 'Default', 0)] }),
    'put-session': () => ({ done: true }),
    'remove-session': () => ({ done: true }),
    jar: () => ({ cookies: [] }),
    'change-jar': ({ put }) => ({ cookies: put }),
    'match-adapter': () => ({ order: ['https://', 'http://'], matched: 'http://' }),
  };
  private say: (message: unknown) => void = () => {};
  private drop: () => void = () => {};

  readonly connect = (name: string): PortLike => {
    if (this.gone) throw new Error('Extension context invalidated.');
    this.names.push(name);
    const messages: ((message: unknown) => void)[] = [];
    const drops: (() => void)[] = [];
    this.say = (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => messages.forEach((listener) => listener(copy)));
    };
    this.drop = () => drops.forEach((listener) => listener());
    const port: PortLike = {
      postMessage: (message) => this.receive(v.parse(panelMessageSchema, structuredClone(message))),
      disconnect: () => {},
      onMessage: { addListener: (listener) => messages.push(listener) },
      onDisconnect: { addListener: (listener) => drops.push(listener) },
    };
    this.say(this.hello);
    return port;
  };

  /** Tells the panel about the exchange that was started last. */
  update(update: ExchangeUpdate): void {
    const id = this.sent.at(-1)?.id;
    if (id === undefined) throw new Error('Nothing was sent');
    this.post({ type: 'events', id, updates: [update] });
  }

  get sent(): Extract<PanelMessage, { type: 'send' }>[] {
    return this.received.filter((message) => message.type === 'send');
  }

  /** The extension is updated or removed under the panel. */
  vanish(): void {
    this.gone = true;
    this.drop();
  }

  private post(message: BackgroundMessage): void {
    this.say(message);
  }

  private receive(message: PanelMessage): void {
    this.received.push(message);
    const { id } = message;
    switch (message.type) {
      case 'read-live':
        return this.post({ type: 'reply', id, value: this.answers['read-live'](message) });
      case 'preview':
        return this.post({ type: 'reply', id, value: this.answers.preview(message) });
      case 'access':
        return this.post({ type: 'reply', id, value: this.answers.access(message) });
      case 'ask-access':
        return this.post({ type: 'reply', id, value: this.answers['ask-access'](message) });
      case 'open-site':
        return this.post({ type: 'reply', id, value: this.answers['open-site'](message) });
      case 'unfinished':
        return this.post({ type: 'reply', id, value: this.answers.unfinished(message) });
      case 'history':
        return this.post({ type: 'reply', id, value: this.answers.history(message) });
      case 'settled':
        return this.post({ type: 'reply', id, value: this.answers.settled(message) });
      case 'era':
        return this.post({ type: 'reply', id, value: this.answers.era(message) });
      case 'sessions':
        return this.post({ type: 'reply', id, value: this.answers.sessions(message) });
      case 'put-session':
        return this.post({ type: 'reply', id, value: this.answers['put-session'](message) });
      case 'remove-session':
        return this.post({ type: 'reply', id, value: this.answers['remove-session'](message) });
      case 'jar':
        return this.post({ type: 'reply', id, value: this.answers.jar(message) });
      case 'change-jar':
        return this.post({ type: 'reply', id, value: this.answers['change-jar'](message) });
      case 'match-adapter':
        return this.post({ type: 'reply', id, value: this.answers['match-adapter'](message) });
      case 'send':
      case 'send-once':
      case 'cancel':
      case 'taken':
      case 'attach':
        return undefined;
    }
  }
}

/** The end of an exchange that brought a response. */
export const ended = (change: Partial<Extract<ExchangeUpdate, { kind: 'end' }>> = {}): ExchangeUpdate => ({
  kind: 'end',
  body: null,
  elapsed: 31,
  duration: 40,
  error: null,
  warnings: [],
  ...change,
});
