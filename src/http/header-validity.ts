import { InvalidHeader } from './errors.ts';
import { startsWithSpace } from './whitespace.ts';

const NAME = /^[^:\r\n]+$/;
const LINE_BREAK = /[\r\n]/;

/**
 * Refuses what would break a header section: a name that is empty, begins with whitespace or holds a colon or line
 * break; a value that begins with whitespace or holds a line break. fetch is stricter: the transport sees to that.
 * @throws InvalidHeader, also for a value that is no text.
 */
export function checkHeaderValidity(name: unknown, value: unknown): asserts value is string {
  for (const part of [name, value]) {
    if (typeof part === 'string') continue;
    throw new InvalidHeader(`Header part (${String(part)}) of field ${String(name)} must be text, not ${typeof part}`);
  }
  if (typeof name !== 'string' || !NAME.test(name) || startsWithSpace(name)) throw invalid('name', name);
  if (typeof value !== 'string' || LINE_BREAK.test(value) || startsWithSpace(value)) throw invalid('value', value);
}

function invalid(kind: 'name' | 'value', part: unknown): InvalidHeader {
  const quoted = JSON.stringify(part);
  return new InvalidHeader(
    `Invalid leading whitespace, reserved character(s), or return character(s) in header ${kind}: ${quoted}`,
  );
}
