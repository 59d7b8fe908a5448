import { AbortedError, PermissionError } from '../http/errors.ts';
import type { ExchangeUpdate } from '../model/exchange.ts';
import { hostOfUrl } from '../model/batch.ts';
import { forgetSent, noteOutcome, noteSent, toldBefore } from './batch-journal.ts';
import { runExchange, type ExchangeOrder } from './exchange-runner.ts';
import { remember } from './exchanges.ts';

type Told = (updates: readonly ExchangeUpdate[]) => void;

export interface OnceOrder extends ExchangeOrder {
  /** The hosts that it may reach, as `hostOfUrl` names them. */
  readonly hosts: readonly string[];
  /** The run of the browser in which it was first asked for. */
  readonly era: string;
}

interface Running {
  readonly controller: AbortController;
  updates: readonly ExchangeUpdate[];
  hasEnded: boolean;
  /** A hop was let out: from then on it counts as sent. */
  hasBegun: boolean;
  /** Its panel was gone before anything was sent. */
  wasRefused: boolean;
  tell: Told | null;
}

/** How long an ended exchange keeps its response for a panel that has not put it on record: less than an idle background lives. In ms. */
const LINGER = 20_000;

const running = new Map<string, Running>();

/**
 * Sends a request of a batch unless it was sent before, and tells all about it at its end. Unlike other exchanges it
 * belongs to its panel: without one it ends after the hop in flight. It is not recorded in the history.
 */
export function sendOnce(order: OnceOrder, tell: Told): void {
  const known = running.get(order.id);
  if (known === undefined) {
    const fresh: Running = {
      controller: new AbortController(),
      updates: [],
      hasEnded: false,
      hasBegun: false,
      wasRefused: false,
      tell,
    };
    running.set(order.id, fresh);
    void run(order, fresh);
    return;
  }
  known.tell = tell;
  if (known.hasEnded) tell(known.updates);
}

async function run(order: OnceOrder, exchange: Running): Promise<void> {
  let updates = await toldBefore(order.id, order.era);
  while (updates === null) {
    exchange.wasRefused = false;
    const carried = await carry(order, exchange);
    if (!exchange.wasRefused) updates = carried;
    else if (exchange.tell === null) {
      // Whoever asks for it again may send it.
      settleOnce([order.id]);
      return;
    }
    // Otherwise a panel has come back for it meanwhile.
  }
  exchange.updates = updates;
  exchange.hasEnded = true;
  exchange.tell?.(updates);
  if (exchange.tell === null) void noteOutcome(order.id, updates);
  setTimeout(() => void letGo(order.id, exchange), LINGER);
}

function carry(order: OnceOrder, exchange: Running): Promise<ExchangeUpdate[]> {
  const updates: ExchangeUpdate[] = [];
  const guarded = {
    ...order,
    hurried: true as const,
    noteSent: () => noteSent(order.id),
    guard: (url: string) => {
      if (exchange.tell === null) {
        exchange.wasRefused = !exchange.hasBegun;
        throw new AbortedError('The panel of the batch was closed.');
      }
      if (!order.hosts.includes(hostOfUrl(url) ?? '')) throw new OutOfScope(url);
      exchange.hasBegun = true;
    },
  };
  // At its last word, not when everything is tidied up.
  return new Promise((resolve) => {
    void runExchange(guarded, exchange.controller.signal, (update) => {
      // Nobody watches one of many while it runs.
      if (update.kind !== 'progress') remember(updates, update);
      if (update.kind === 'end') resolve(updates);
    });
  });
}

/** Nobody has put it on record in all that time: its outcome is kept, its response is not. */
async function letGo(id: string, exchange: Running): Promise<void> {
  if (running.get(id) !== exchange) return;
  await noteOutcome(id, exchange.updates);
  running.delete(id);
}

export function cancelOnce(id: string): void {
  running.get(id)?.controller.abort();
}

/** The panel that listens is gone. */
export function detachOnce(id: string): void {
  const exchange = running.get(id);
  if (exchange !== undefined) exchange.tell = null;
}

/** The panel has put these on record. */
export function settleOnce(ids: readonly string[]): void {
  for (const id of ids) running.delete(id);
  void forgetSent(ids);
}

/** A redirect leads to a host that nobody has confirmed. */
class OutOfScope extends PermissionError {
  override readonly name = 'OutOfScope';

  constructor(url: string) {
    super(`It leads to ${hostOfUrl(url) ?? url}, which is not among the hosts of the batch. Nothing was sent there.`);
  }
}
