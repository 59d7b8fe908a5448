/** Numbers and booleans in params and forms, which Python and JavaScript write differently (`True`, `1.0`). */
import { isRecord, list } from './values.ts';

export const SCALARS = 'numbers and booleans are written as String(v) writes them';

/** Names and values of a mapping or pairs, lists taken apart; null is dropped. */
function fieldsOf(params: unknown): [string, unknown][] {
  const pairs =
    params instanceof Map || Array.isArray(params) ? [...params] : Object.entries(isRecord(params) ? params : {});
  return pairs.flatMap((pair: unknown) => {
    const [name, value] = list(pair);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((one) => one !== null).map((one): [string, unknown] => [String(name), one]);
  });
}

export function holdsScalars(params: unknown): boolean {
  return fieldsOf(params).some(([, value]) => typeof value === 'number' || typeof value === 'boolean');
}

/** The query or form: the platform's own encoder is the witness: it differs from ours only in `~` and `*`. */
export function witness(params: unknown): string {
  const query = new URLSearchParams(fieldsOf(params).map(([name, value]) => [name, String(value)]));
  return query.toString().replaceAll('%7E', '~').replaceAll('*', '%2A');
}
