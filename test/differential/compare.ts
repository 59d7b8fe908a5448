/** Compares facts field by field. */
import type { Facts, ResponseFacts } from './facts.ts';

/** One place where two facts are not equal. */
export interface Difference {
  /** e.g. `received[0].fields`. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

type Entries = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of lines is compared as a whole: one missing line would otherwise make every later one differ. */
function isLines(value: unknown): boolean {
  return Array.isArray(value) && value.every((line) => Array.isArray(line));
}

function walk(path: string, expected: unknown, actual: unknown, found: Difference[]): void {
  if (isRecord(expected) && isRecord(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      walk(path === '' ? key : `${path}.${key}`, expected[key], actual[key], found);
    }
  } else if (Array.isArray(expected) && Array.isArray(actual) && !isLines(expected)) {
    for (let at = 0; at < Math.max(expected.length, actual.length); at += 1) {
      walk(`${path}[${at}]`, expected[at], actual[at], found);
    }
  } else if (JSON.stringify(expected) !== JSON.stringify(actual)) {
    found.push({ path, expected, actual });
  }
}

/** The facts without what a sender cannot tell. */
export function without(facts: Facts, blind: ReadonlySet<keyof ResponseFacts>): Facts {
  const seen = structuredClone(facts);
  for (const { response } of seen.steps) for (const key of blind) delete response?.[key];
  return seen;
}

/** Every place where `actual` is not as expected; what a sender could not see is not compared. */
export function differences(expected: Facts, actual: Facts): Difference[] {
  const known = structuredClone(expected);
  for (const [at, step] of known.steps.entries()) {
    if (actual.steps[at]?.jar === null) step.jar = null;
    const error = actual.steps[at]?.error;
    if (error && !('status' in error)) delete step.error?.status;
  }
  const found: Difference[] = [];
  walk('', known, actual, found);
  return found;
}

/** One line a place, in the form that is easiest to compare by eye. */
function show(value: unknown): string {
  if (Array.isArray(value) && isLines(value))
    return value.map((line) => `\n      ${JSON.stringify(line)}`).join('') || ' (none)';
  return ` ${JSON.stringify(value) ?? 'nothing'}`;
}

/** The report of a case that failed. */
export function report(found: readonly Difference[], name: string): string {
  return found
    .map(({ path, expected, actual }) => `  ${path}\n    expected:${show(expected)}\n    ${name}:${show(actual)}`)
    .join('\n');
}
