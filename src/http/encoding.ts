/** Query strings and form bodies: `application/x-www-form-urlencoded` as Requests writes it. */
import { quotePlus, quotePlusBytes } from './percent.ts';
import type { Pairs, PairScalar, PairValue } from './types.ts';

type Field = readonly [name: string | Uint8Array, value: PairScalar];

/** Whether a value stands for several of the same name. */
function isList(value: PairValue): value is readonly PairScalar[] {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function isIterable(pairs: Pairs): pairs is Exclude<Pairs, Readonly<Record<string, PairValue>>> {
  return Symbol.iterator in pairs;
}

/** A mapping or pairs as pairs, in order. Throws RangeError for an entry that is no pair. */
export function* pairsOf(pairs: Pairs | URLSearchParams): Generator<readonly [string | Uint8Array, PairValue]> {
  if (!isIterable(pairs)) {
    yield* Object.entries(pairs);
    return;
  }
  for (const pair of pairs) {
    if (typeof pair !== 'object' || pair.length !== 2) throw new RangeError('cannot encode objects that are not pairs');
    yield pair;
  }
}

/** One field for each value that is not null: a list repeats its name (`to_key_val_list` and the loops after it). */
export function* fieldsOf(pairs: Pairs | URLSearchParams): Generator<Field> {
  for (const [name, value] of pairsOf(pairs)) {
    // A mapping as a value gives its keys, as iterating a dict does.
    const values = isList(value) ? (Symbol.iterator in value ? value : Object.keys(value)) : [value];
    for (const one of values) if (one !== null && one !== undefined) yield [name, one];
  }
}

function quote(value: PairScalar): string {
  return value instanceof Uint8Array ? quotePlusBytes(value) : quotePlus(String(value));
}

/**
 * `urlencode` with repeated names: null values and elements are dropped, order is kept, a space becomes `+`, and only
 * letters, digits and `_.-~` stay. Not URLSearchParams, which escapes `~` and keeps `*`.
 *
 * Numbers and booleans are written as JavaScript writes them (`true`, `1`), not as Python does (`True`, `1.0`).
 * @throws RangeError for a lone surrogate, or an entry that is no pair.
 */
export function encodeParams(pairs: Pairs | URLSearchParams): string {
  let out = '';
  for (const [name, value] of fieldsOf(pairs)) out += `${out && '&'}${quote(name)}=${quote(value)}`;
  return out;
}
