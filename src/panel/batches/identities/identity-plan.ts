import type { Identity } from '../../../model/batch.ts';
import type { SessionSettings } from '../../../model/session.ts';
import type { Baselines } from '../baselines.ts';
import type { Plan } from '../plan.ts';
import { asIdentity } from './as-identity.ts';

/**
 * A list of requests, each sent on behalf of several identities. The first one is the strongest: what the others get is
 * compared with what it gets.
 */
export function openIdentityPlan(
  list: Plan,
  identities: readonly Identity[],
  sessionOf: (id: string) => SessionSettings | null,
  baselines: Baselines,
): Plan {
  const per = identities.length;
  const requestAt = (index: number): number => Math.floor(index / per);
  const baselineOf = (index: number): number => requestAt(index) * per;
  return {
    ...list,
    count: list.count * per,
    identities,
    label: (index) => list.label(requestAt(index)),
    async request(index) {
      const identity = identities[index % per] ?? { kind: 'as-is' };
      const session = identity.kind === 'session' ? sessionOf(identity.session) : null;
      if (identity.kind === 'session' && session === null) {
        throw new Error(`The session ${identity.name} is no longer there`);
      }
      return asIdentity(await list.request(requestAt(index)), identity, session);
    },
    original: (index) =>
      baselineOf(index) === index ? list.original(requestAt(index)) : baselines.get(baselineOf(index)),
    baselineOf,
    baselineIs: (index, original) => baselines.set(index, original),
  };
}
