import type { ExchangeUpdate } from '../model/exchange.ts';
import { AbortedError } from '../http/errors.ts';
import { runExchange, type ExchangeOrder } from './exchange-runner.ts';
import { postponeRecording, recordExchange } from './history.ts';
import { liveKind } from './live-bodies.ts';

type Listener = (update: ExchangeUpdate) => void;

interface Running {
  readonly controller: AbortController;
  /** Everything so far, for a panel that takes the exchange up again. */
  readonly updates: ExchangeUpdate[];
  listener: Listener | null;
  /** Ends a stream that nobody listens to. */
  unheard: ReturnType<typeof setTimeout> | null;
}

/** How long a stream goes on when nobody listens, in ms: it may have no end of its own. */
const UNHEARD = 30_000;
/** How long an ended exchange waits for a panel that lost its Port, in ms. */
const LINGER = 60_000;

const running = new Map<string, Running>();

/** Starts an exchange; it belongs to the background and goes on when its panel closes. */
export function startExchange(order: ExchangeOrder, listener: Listener): void {
  const exchange: Running = { controller: new AbortController(), updates: [], listener, unheard: null };
  running.set(order.id, exchange);
  postponeRecording();
  void run(order, exchange);
}

async function run(order: ExchangeOrder, exchange: Running): Promise<void> {
  await runExchange(order, exchange.controller.signal, (update) => {
    remember(exchange.updates, update);
    exchange.listener?.(update);
  });
  // Private windows leave nothing behind.
  if (!order.private) recordExchange(order, exchange.updates);
  if (exchange.listener === null) setTimeout(() => running.delete(order.id), LINGER);
  else running.delete(order.id);
}

export function cancelExchange(id: string): void {
  running.get(id)?.controller.abort();
}

/** Tells a panel everything about an exchange from its beginning, and from now on. */
export function attachExchange(id: string, listener: Listener): boolean {
  const exchange = running.get(id);
  if (exchange === undefined) return false;
  for (const update of exchange.updates) listener(update);
  exchange.listener = listener;
  if (exchange.unheard !== null) clearTimeout(exchange.unheard);
  exchange.unheard = null;
  if (exchange.updates.at(-1)?.kind === 'end') running.delete(id);
  return true;
}

/** The panel behind the listener is gone. */
export function detachExchange(id: string): void {
  const exchange = running.get(id);
  if (exchange === undefined) return;
  exchange.listener = null;
  watch(exchange);
}

/** What is no stream goes on; it may turn out to be one later. */
function watch(exchange: Running): void {
  exchange.unheard = setTimeout(() => {
    if (exchange.updates.at(-1)?.kind === 'end') return;
    if (isStream(exchange.updates))
      exchange.controller.abort(new AbortedError('Nobody listened to the stream any more.'));
    else watch(exchange);
  }, UNHEARD);
}

function isStream(updates: readonly ExchangeUpdate[]): boolean {
  return updates.some((update) => update.kind === 'head' && liveKind(update.response) === 'stream');
}

/** Keeps the latest of what replaces itself: a long download must not grow the list. */
export function remember(updates: ExchangeUpdate[], update: ExchangeUpdate): void {
  const replaces = (earlier: ExchangeUpdate): boolean =>
    (update.kind === 'progress' && earlier.kind === 'progress') ||
    (update.kind === 'hop' && earlier.kind === 'hop' && earlier.hop.index === update.hop.index);
  const at = updates.findIndex(replaces);
  if (at < 0) updates.push(update);
  else updates[at] = update;
}
