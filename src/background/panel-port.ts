import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import type { ExchangeUpdate } from '../model/exchange.ts';
import {
  panelMessageSchema,
  PORT_PREFIX,
  type BackgroundMessage,
  type CallType,
  type PanelMessage,
  type Reply,
} from '../protocol/messages.ts';
import { handOver } from './hand-over.ts';
import { defaultHeaders } from './default-headers.ts';
import { cancelOnce, detachOnce, sendOnce, settleOnce } from './batch-exchanges.ts';
import { batchEra } from './batch-journal.ts';
import { attachExchange, cancelExchange, detachExchange, remember, startExchange } from './exchanges.ts';
import { gather } from './gather.ts';
import { changeHistory } from './history.ts';
import { askHostAccess, hasHostAccess } from './host-access.ts';
import { journal } from './journal.ts';
import { lastWord } from './lost-exchange.ts';
import { readLive } from './live-bodies.ts';
import { isFirefox, ownOrigin, target } from './platform.ts';
import { preview } from './preview.ts';
import { matchAdapter } from './session-adapters.ts';
import { sessionList } from './session-list.ts';
import { changeJar, cookiesOf, removeSession } from './sessions.ts';

/** Only pages of this extension may talk to the background. */
function isOwnPage(sender: Runtime.MessageSender | undefined): boolean {
  return sender?.id === browser.runtime.id && sender.url !== undefined && sender.url.startsWith(ownOrigin);
}

type Call = Extract<PanelMessage, { type: CallType }>;
type EndedOnce = Extract<BackgroundMessage, { type: 'told' }>['ended'][number];

/** A quick exchange is over by then, and its panel has one message to read instead of two. Milliseconds. */
const MOMENT = 33;

/** Serves one panel until its Port closes. */
export function servePanel(port: Runtime.Port): void {
  if (!port.name.startsWith(PORT_PREFIX) || !isOwnPage(port.sender)) {
    port.disconnect();
    return;
  }
  const tab = Number.parseInt(port.name.slice(PORT_PREFIX.length), 10);
  const inspectedTab = Number.isNaN(tab) ? null : tab;
  const attached = new Set<string>();
  const ownOnce = new Set<string>();
  let open = true;
  const blobs = isFirefox ? handOver() : null;
  const offer = (updates: readonly ExchangeUpdate[]): ExchangeUpdate[] =>
    updates.map((update) => blobs?.offer(update) ?? update);

  const post = (message: BackgroundMessage): void => {
    if (open) port.postMessage(message);
  };
  /** What happens within a moment goes in one message: a quick exchange is one, with its end. */
  const listen = (id: string): ((update: ExchangeUpdate) => void) => {
    const tell = gather<ExchangeUpdate>(
      MOMENT,
      (updates) => post({ type: 'events', id, updates: offer(updates) }),
      remember,
    );
    return (update) => {
      tell.add(update);
      if (update.kind !== 'end') return;
      attached.delete(id);
      tell.flush();
    };
  };
  const told = gather<EndedOnce>(0, (ended) => post({ type: 'told', ended }));

  port.onDisconnect.addListener(() => {
    open = false;
    for (const id of attached) detachExchange(id);
    for (const id of ownOnce) detachOnce(id);
    blobs?.end();
  });
  port.onMessage.addListener((raw: unknown) => {
    const parsed = v.safeParse(panelMessageSchema, raw);
    if (parsed.success) receive(parsed.output);
    else post({ type: 'error', id: idOf(raw), message: `Malformed message: ${v.summarize(parsed.issues)}` });
  });

  function receive(message: PanelMessage): void {
    const { id } = message;
    switch (message.type) {
      case 'send':
        attached.add(id);
        startExchange(
          { id, spec: message.request, private: message.private, inspectedTab, draft: message.draft ?? null },
          listen(id),
        );
        return;
      case 'send-once':
        for (const { id: name, request: spec, hosts, era } of message.orders) {
          ownOnce.add(name);
          sendOnce({ id: name, spec, private: message.private, inspectedTab, draft: null, hosts, era }, (updates) => {
            ownOnce.delete(name);
            told.add({ id: name, updates: offer(updates) });
          });
        }
        return;
      case 'cancel':
        cancelExchange(id);
        cancelOnce(id);
        return;
      case 'taken':
        blobs?.taken(message.url);
        return;
      case 'attach':
        attached.add(id);
        if (!attachExchange(id, listen(id))) void tellLost(id);
        return;
      case 'read-live':
      case 'preview':
      case 'access':
      case 'ask-access':
      case 'open-site':
      case 'unfinished':
      case 'history':
      case 'settled':
      case 'era':
      case 'sessions':
      case 'put-session':
      case 'remove-session':
      case 'jar':
      case 'change-jar':
      case 'match-adapter':
        answer(message, inspectedTab).then(
          (value) => post({ type: 'reply', id, value }),
          (error: unknown) => post({ type: 'error', id, message: String(error) }),
        );
    }
  }

  /** The background that carried it is gone. */
  async function tellLost(exchange: string): Promise<void> {
    const left = await journal.left().catch(() => []);
    listen(exchange)(lastWord(left.find(({ id }) => id === exchange) ?? { outcome: null, hasEnded: false }));
    await journal.forgetCutOff(exchange).catch(() => {});
  }

  post({
    type: 'hello',
    version: browser.runtime.getManifest().version,
    browser: target,
    defaultHeaders: defaultHeaders.map(([name, value]): [string, string] => [name, value]),
  });
}

async function answer(message: Call, inspectedTab: number | null): Promise<Reply<CallType>> {
  switch (message.type) {
    case 'read-live':
      return readLive(message.exchange, message.from);
    case 'preview':
      return preview(message.request, message.private, inspectedTab);
    case 'access':
      return { granted: URL.canParse(message.url) && (await hasHostAccess(message.url)) };
    case 'ask-access':
      return { granted: URL.canParse(message.url) && (await askHostAccess(message.url)) };
    case 'open-site':
      if (!/^https?:/i.test(message.url)) throw new Error('Only http and https URLs are opened');
      await browser.tabs.create({ url: message.url });
      return { opened: true };
    case 'unfinished':
      return journal.takeCutOff();
    case 'history':
      await changeHistory(message.change);
      return { done: true };
    case 'settled':
      settleOnce(message.ids);
      return { done: true };
    case 'era':
      return { era: await batchEra() };
    case 'sessions':
      return { sessions: await sessionList(message.private).all() };
    case 'put-session':
      await sessionList(message.private).put(message.settings);
      return { done: true };
    case 'remove-session':
      await removeSession(message.session, message.private);
      return { done: true };
    case 'jar':
      return { cookies: await cookiesOf(message.session, message.private) };
    case 'change-jar':
      return { cookies: await changeJar(message.session, message.private, message.remove, message.put) };
    case 'match-adapter':
      return matchAdapter(message.session, message.private, message.url);
  }
}

function idOf(raw: unknown): string | null {
  const parsed = v.safeParse(v.object({ id: v.pipe(v.string(), v.maxLength(64)) }), raw);
  return parsed.success ? parsed.output.id : null;
}
