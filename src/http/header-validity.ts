import { InvalidHeader } from './errors.ts';
import { SPACE } from './whitespace.ts';

const NAME = new RegExp(`^[^:${SPACE}][^:\\r\\n]*$`);
const VALUE = new RegExp(`^(?:[^${SPACE}][^\\r\\n]*)?$`);

function invalid(kind: 'name' | 'value', part: string): InvalidHeader {
  return new InvalidHeader(
    `Invalid leading whitespace, reserved character(s), or return character(s) in header ${kind}: ${JSON.stringify(part)}`,
  );
}

/**
 * Refuses what would break a header section: a name that is empty, begins with whitespace or holds a colon or line
 * break; a value that begins with whitespace or holds a line break. fetch is stricter: the transport sees to that.
 * @throws InvalidHeader, also for a part that is no text.
 */
export function checkHeaderValidity(name: unknown, value: unknown): asserts value is string {
  if (typeof name !== 'string' || typeof value !== 'string') {
    throw new InvalidHeader(`Both parts of a header must be text: (${typeof name}) ${String(name)}: (${typeof value})`);
  }
  if (!NAME.test(name)) throw invalid('name', name);
  if (!VALUE.test(value)) throw invalid('value', value);
}
