import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';
import type { HeaderLine } from '../http/types.ts';
import { isFirefox, ownHost } from './platform.ts';

/** What the rule of one hop does to the request's fields. */
export interface HeaderRule {
  set: readonly HeaderLine[];
  remove: readonly string[];
}

/** What ties a hop to its rule and to what is seen of it. */
export interface HopRule {
  /** The fragment for the hop's URL; no other hop ever has it. */
  readonly token: string;
  /** Resolves when the rule is in effect; rejects when the browser refuses it. */
  readonly claimed: Promise<void>;
  /** The hop has ended, however it did: the rule goes, unless another hop wants it. Safe to call twice. */
  readonly release: () => void;
}

/**
 * Session rules that carry what fetch refuses to carry. A rule matches a random word at the beginning of the hop's token,
 * which stands in the URL's fragment and never reaches the wire, and our own origin as the initiator: no request of any
 * page can match. Hops that want the very same share a rule; it goes a moment after the last of them.
 */
interface SharedRule {
  readonly id: number;
  readonly word: string;
  /** null where there is nothing to do. */
  readonly added: Promise<void> | null;
  hops: number;
  /** Takes it away a moment after the last hop. */
  leaving: ReturnType<typeof setTimeout> | null;
}

/**
 * How long a rule outlives its last hop, in ms. Taking it away at once would hold up the response, which is just arriving;
 * and what is sent right after mostly wants the same.
 */
const MOMENT = 50;

const shared = new Map<string, SharedRule>();
let nextId = 1;
let nextHop = 1;

/** Rules outlive an unloaded background: none of them belongs to a hop that still runs. */
const swept: Promise<void> = sweep();

async function sweep(): Promise<void> {
  const left = await browser.declarativeNetRequest.getSessionRules();
  if (left.length > 0)
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: left.map(({ id }) => id) });
}

/** Puts the rule of one hop into effect. */
export function claimRule(rule: HeaderRule): HopRule {
  const key = JSON.stringify([rule.set, rule.remove]);
  const known = shared.get(key) ?? share(key, rule);
  known.hops += 1;
  if (known.leaving !== null) clearTimeout(known.leaving);
  known.leaving = null;
  let isReleased = false;
  return {
    token: `${known.word}${nextHop++}`,
    claimed: (known.added ?? Promise.resolve()).catch((error: unknown) => {
      // Who wants the same next asks the browser again.
      if (shared.get(key) === known) shared.delete(key);
      throw error;
    }),
    release() {
      if (isReleased) return;
      isReleased = true;
      known.hops -= 1;
      if (known.hops === 0) known.leaving = setTimeout(() => void withdraw(key, known), MOMENT);
    },
  };
}

function share(key: string, { set, remove }: HeaderRule): SharedRule {
  const id = nextId++;
  const word = `rw${crypto.randomUUID().replaceAll('-', '')}-`;
  const requestHeaders: DeclarativeNetRequest.RuleActionRequestHeadersItemType[] = [
    ...set.map(([header, value]) => ({ header, operation: 'set' as const, value })),
    ...remove.map((header) => ({ header, operation: 'remove' as const })),
  ];
  const entry: DeclarativeNetRequest.Rule = {
    id,
    priority: 1,
    action: {
      type: 'modifyHeaders',
      ...(requestHeaders.length > 0 && { requestHeaders }),
      // Firefox reveals a request's phases only to origins that the response allows; wire-observer strips it again.
      ...(isFirefox && {
        responseHeaders: [{ header: 'Timing-Allow-Origin', operation: 'set' as const, value: '*' }],
      }),
    },
    condition: {
      urlFilter: `#${word}`,
      resourceTypes: ['xmlhttprequest'],
      initiatorDomains: [ownHost],
    },
  };
  const isIdle = requestHeaders.length === 0 && !isFirefox;
  const added = isIdle ? null : swept.then(() => update(entry, null));
  const rule: SharedRule = { id, word, added, hops: 0, leaving: null };
  shared.set(key, rule);
  return rule;
}

async function withdraw(key: string, rule: SharedRule): Promise<void> {
  if (shared.get(key) === rule) shared.delete(key);
  if (rule.added === null) return;
  try {
    // In one update the browser removes first, and what was to go would come.
    await rule.added;
  } catch {
    return;
  }
  await update(null, rule.id);
}

interface Change {
  readonly add: DeclarativeNetRequest.Rule | null;
  readonly remove: number | null;
  readonly done: PromiseWithResolvers<void>;
}

let waiting: Change[] = [];
let isUpdating = false;

/** One update at a time: what comes meanwhile goes together, so that under load one update serves many hops. */
function update(add: DeclarativeNetRequest.Rule | null, remove: number | null): Promise<void> {
  const done = Promise.withResolvers<void>();
  waiting.push({ add, remove, done });
  if (!isUpdating) void updateAll();
  return done.promise;
}

async function updateAll(): Promise<void> {
  isUpdating = true;
  while (waiting.length > 0) {
    const changes = waiting;
    waiting = [];
    await apply(changes);
  }
  isUpdating = false;
}

async function apply(changes: readonly Change[]): Promise<void> {
  try {
    await browser.declarativeNetRequest.updateSessionRules({
      addRules: changes.flatMap(({ add }) => add ?? []),
      removeRuleIds: changes.flatMap(({ remove }) => remove ?? []),
    });
    for (const { done } of changes) done.resolve();
  } catch (error) {
    // A rule that the browser refuses must not take the others with it.
    if (changes.length === 1) changes[0]?.done.reject(error);
    else for (const change of changes) await apply([change]);
  }
}
