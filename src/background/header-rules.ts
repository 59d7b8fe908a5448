import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';
import type { HeaderLine } from '../http/types.ts';
import { isFirefox, ownHost } from './platform.ts';

/** What the rule of one hop does to the request's fields. */
export interface HeaderRule {
  set: readonly HeaderLine[];
  remove: readonly string[];
}

/**
 * Session rules that carry, for one hop each, what fetch refuses to carry. A rule matches the hop's random token in the
 * URL's fragment, which never reaches the wire, and our own origin as the initiator: no request of any page can match.
 */
let nextId = 1;

/** Rules outlive an unloaded background: none of them belongs to a hop that still runs. */
const swept: Promise<void> = sweep();

async function sweep(): Promise<void> {
  const left = await browser.declarativeNetRequest.getSessionRules();
  if (left.length > 0)
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: left.map(({ id }) => id) });
}

/**
 * Adds the rule of one hop.
 * @returns removes it again; safe to call twice
 */
export async function addHeaderRule(token: string, rule: HeaderRule): Promise<() => Promise<void>> {
  await swept;
  const id = nextId++;
  const requestHeaders: DeclarativeNetRequest.RuleActionRequestHeadersItemType[] = [
    ...rule.set.map(([header, value]) => ({ header, operation: 'set' as const, value })),
    ...rule.remove.map((header) => ({ header, operation: 'remove' as const })),
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
      urlFilter: `#${token}|`,
      resourceTypes: ['xmlhttprequest'],
      initiatorDomains: [ownHost],
    },
  };
  if (requestHeaders.length === 0 && !isFirefox) return () => Promise.resolve();
  await update(entry, null);
  let removed: Promise<void> | null = null;
  return () => (removed ??= update(null, id));
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
