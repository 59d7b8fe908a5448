import type { VaryPlan } from '../../../model/batch.ts';
import { maskUrl } from '../../../model/secrets.ts';
import type { Baselines } from '../baselines.ts';
import type { Plan } from '../plan.ts';
import { combination, countCombinations } from './combine.ts';
import { encode } from './encoders.ts';
import { fillTemplate, positionsOf } from './template.ts';
import { openValues } from './value-lists.ts';

/** One request with marked positions, varied. The first one of each round is as it stands: the baseline. */
export function openVaryPlan({ template, mode, positions, finds }: VaryPlan, baselines: Baselines): Plan {
  const lists = positions.map(({ values }) => openValues(values));
  const counts = lists.map(({ count }) => count);
  const count = 1 + countCombinations(mode, counts);
  const places = positionsOf(template).positions;
  const plain = fillTemplate(template, []);
  const named = { method: plain.method, url: maskUrl(plain.url) };

  /** Before encoding; null: as it is unvaried. */
  function values(index: number): (string | null)[] {
    const number = (index % count) - 1;
    if (number < 0) return positions.map(() => null);
    return combination(mode, counts, number).map((at, position) =>
      at === null ? null : (lists[mode === 'same' ? 0 : position]?.at(at) ?? null),
    );
  }

  return {
    count,
    finds,
    label: (index) => ({ ...named, values: values(index) }),
    places,
    request: (index) =>
      Promise.resolve(
        fillTemplate(
          template,
          values(index).map((value, position) =>
            value === null ? null : encode(value, positions[position]?.encoder ?? 'none'),
          ),
        ),
      ),
    original: (index) => (index === 0 ? Promise.resolve(null) : baselines.get(0)),
    identities: [],
    baselineOf: () => 0,
    baselineIs: (index, original) => baselines.set(index, original),
  };
}
