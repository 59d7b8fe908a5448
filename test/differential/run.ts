import type { CaseServer } from './case-server.ts';
import { pathOf } from './case-server.ts';
import type { Case } from './case.ts';
import { differences, report, without } from './compare.ts';
import type { Facts } from './facts.ts';
import type { KnownDifference } from './known-differences.ts';
import { normalise } from './normalise.ts';
import type { Sender } from './sender.ts';

/**
 * Has every case sent, at most `width` at a time; gives the facts by the case's place, free of
 * accidents; null for a case that the sender cannot be asked to send.
 */
export async function sendAll(
  sender: Sender,
  cases: readonly Case[],
  server: CaseServer,
  { width = 4 } = {},
): Promise<(Facts | null)[]> {
  const results: (Facts | null)[] = cases.map(() => null);
  const waiting = cases.entries();
  const work = async (): Promise<void> => {
    for (const [at, c] of waiting) results[at] = await sendOne(sender, c, at, server);
  };
  await Promise.all(Array.from({ length: width }, work));
  return results;
}

async function sendOne(sender: Sender, c: Case, at: number, server: CaseServer): Promise<Facts | null> {
  const path = pathOf(sender.letter, at);
  const staged = server.stage(c, path);
  if (sender.refuses(staged) !== null) return null;
  const sent = await sender.send(staged);
  return normalise({ ...sent, received: server.received(path) }, c, server.places(path), sender.defaults);
}

/** The case in the words in which Requests is to be asked. */
export function askedOf(c: Case, known: readonly KnownDifference[]): Case {
  return known.reduce((asked, one) => (one.ask && one.applies(c) ? one.ask(asked) : asked), c);
}

/**
 * Compares what a sender made of a case with what Requests made of it.
 * @param onKnown hears of each known difference that changed what is expected
 * @returns the report of what is not as expected; '' when everything is
 */
export function judge(
  c: Case,
  requests: Facts,
  actual: Facts,
  sender: Sender,
  known: readonly KnownDifference[],
  onKnown: (difference: KnownDifference) => void = () => {},
): string {
  const expected = structuredClone(requests);
  for (const difference of known.filter((one) => one.applies(c))) {
    const before = JSON.stringify(expected);
    difference.expect?.(expected, c, actual);
    if (difference.ask || JSON.stringify(expected) !== before) onKnown(difference);
  }
  const found = differences(without(expected, sender.blind), without(actual, sender.blind));
  return found.length === 0 ? '' : `${JSON.stringify(c)}\n${report(found, sender.name)}`;
}
