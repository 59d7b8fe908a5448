/**
 * What JSON cannot say, as the vector files write it: `$bytes` (base64), `$map` (ordered pairs), `$float` (nan, inf),
 * `$int` (beyond 2^53) and `$raises` (an exception).
 */
import * as errors from '../../src/http/errors.ts';

/** An exception that a vector expects. `rest` holds what else the vector says of the failure (attempts, sleeps …). */
export class Raises {
  readonly name: string;
  readonly mro: readonly string[];
  readonly message: string | undefined;
  readonly rest: Readonly<Record<string, unknown>>;

  constructor(name: string, mro: readonly string[], message?: string, rest: Readonly<Record<string, unknown>> = {}) {
    this.name = name;
    this.mro = mro;
    this.message = message;
    this.rest = rest;
  }
}

/** What our code threw, with whatever a handler observed beside it. */
export class Raised {
  readonly error: unknown;
  readonly rest: Readonly<Record<string, unknown>>;

  constructor(error: unknown, rest: Readonly<Record<string, unknown>> = {}) {
    this.error = error;
    this.rest = rest;
  }
}

type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

function decodeMarked(value: Json): unknown {
  const { $bytes, $map, $float, $int, $raises, mro, message, ...rest } = value;
  if (typeof $bytes === 'string') return base64ToBytes($bytes);
  if (Array.isArray($map)) return new Map($map.map((pair: unknown) => [decode(item(pair, 0)), decode(item(pair, 1))]));
  if ($float !== undefined) return { nan: NaN, inf: Infinity, '-inf': -Infinity }[text($float)] ?? Number($float);
  if ($int !== undefined) return BigInt(text($int));
  if (typeof $raises !== 'string') return decodeEntries(value);
  const names = Array.isArray(mro) ? mro.map(text) : [$raises];
  return new Raises($raises, names, typeof message === 'string' ? message : undefined, decodeEntries(rest));
}

function decodeEntries(value: Json): Json {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner)]));
}

/** The value a vector means, from the JSON it is written in. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (!isRecord(value)) return value;
  return Object.keys(value).some((key) => key.startsWith('$')) ? decodeMarked(value) : decodeEntries(value);
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`the vector holds no text here: ${show(value)}`);
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`the vector holds no number here: ${show(value)}`);
  return value;
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`the vector holds no list here: ${show(value)}`);
  return value;
}

export function record(value: unknown): Json {
  if (!isRecord(value)) throw new TypeError(`the vector holds no mapping here: ${show(value)}`);
  return value;
}

export function item(value: unknown, index: number): unknown {
  return list(value)[index];
}

/** Vectors also hold what our types forbid (a number as a header value): the engine must refuse it at run time. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the one place where a case is taken on trust
export function asGiven<T>(value: unknown): T {
  return value as T;
}

/** Python's own exceptions and the JavaScript ones that stand for them. */
const BUILT_IN: Readonly<Record<string, string>> = {
  ValueError: 'RangeError',
  UnicodeError: 'RangeError',
  UnicodeDecodeError: 'RangeError',
  UnicodeEncodeError: 'RangeError',
  RuntimeError: 'Error',
  NotImplementedError: 'Error',
  TypeError: 'TypeError',
  AttributeError: 'TypeError',
};

const OURS = new Map(Object.entries(errors).filter(([, value]) => typeof value === 'function'));

/** Names of the engine's exception classes that an error is an instance of. */
export function ancestry(error: unknown): string[] {
  return [...OURS].filter(([, type]) => error instanceof type).map(([name]) => name);
}

function raisedAsExpected(actual: unknown, expected: Raises): boolean {
  // A missing key is `undefined` here, not an exception.
  if (expected.name === 'KeyError') return actual === undefined;
  if (!(actual instanceof Raised) || !(actual.error instanceof Error)) return false;
  if (actual.error.name !== (BUILT_IN[expected.name] ?? expected.name)) return false;
  if (expected.message !== undefined && actual.error.message !== expected.message) return false;
  if (!matches(actual.rest, expected.rest)) return false;
  if (!expected.mro.includes('RequestException')) return true;
  const ours = new Set(ancestry(actual.error));
  return [...OURS.keys()].every((name) => ours.has(name) === expected.mro.includes(name));
}

function sameEntries(actual: Iterable<readonly [unknown, unknown]>, expected: ReadonlyMap<unknown, unknown>): boolean {
  return matches(
    [...actual].map(([k, v]) => [k, v]),
    [...expected].map(([k, v]) => [k, v]),
  );
}

function sameBytes(actual: unknown, expected: Uint8Array): boolean {
  return (
    actual instanceof Uint8Array && actual.length === expected.length && actual.every((byte, i) => byte === expected[i])
  );
}

/** Deep equality as Python means it: None is null or undefined, an ordered map keeps its order, an object does not. */
export function matches(actual: unknown, expected: unknown): boolean {
  if (expected instanceof Raises) return raisedAsExpected(actual, expected);
  if (expected === null || expected === undefined) return actual === null || actual === undefined;
  if (expected instanceof Uint8Array) return sameBytes(actual, expected);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) && actual.length === expected.length && actual.every((v, i) => matches(v, expected[i]))
    );
  }
  if (expected instanceof Map) {
    const pairs = actual instanceof Map || Array.isArray(actual) ? actual : isRecord(actual) && Object.entries(actual);
    return pairs !== false && sameEntries(pairs, expected);
  }
  if (isRecord(expected)) {
    const got = actual instanceof Map ? Object.fromEntries(actual) : actual;
    if (!isRecord(got) || got instanceof Raised) return false;
    const keys = Object.keys(expected);
    return Object.keys(got).length === keys.length && keys.every((k) => k in got && matches(got[k], expected[k]));
  }
  return Object.is(actual, expected) || (actual === 0 && expected === 0);
}

/** A value on one line, for the report. */
export function show(value: unknown): string {
  if (value instanceof Raised) return `raised ${String(value.error)} ${show(value.rest)}`;
  if (value instanceof Raises) return `raises ${value.name} ${value.message ?? ''} ${show(value.rest)}`;
  if (value instanceof Uint8Array) return `bytes ${JSON.stringify(String.fromCharCode(...value.subarray(0, 400)))}`;
  if (value instanceof Map) return `map ${show([...value])}`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (isRecord(value))
    return `{${Object.entries(value)
      .map(([k, v]) => `${k}: ${show(v)}`)
      .join(', ')}}`;
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
