import { InvalidJSONError } from './errors.ts';

const PLAIN = /^[ !#-[\]-~]*$/;
const TO_ESCAPE = /[^ !#-[\]-~]/g;
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  const escaped = text.replace(TO_ESCAPE, (unit) => {
    return SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

interface Open {
  readonly source: object;
  readonly entries: Iterator<readonly [string | null, unknown]>;
  readonly close: ']' | '}';
  empty: boolean;
}

function* elements(list: readonly unknown[]): Generator<readonly [null, unknown]> {
  for (const value of list) yield [null, value ?? null];
}

function* members(source: object): Generator<readonly [string, unknown]> {
  const entries: Iterable<readonly [unknown, unknown]> = source instanceof Map ? source : Object.entries(source);
  for (const [key, value] of entries) if (value !== undefined) yield [String(key), value];
}

function open(source: object): Open {
  if (Array.isArray(source)) return { source, entries: elements(source), close: ']', empty: true };
  if (!(source instanceof Map) && (Symbol.iterator in source || ArrayBuffer.isView(source)))
    throw unserializable(source);
  return { source, entries: members(source), close: '}', empty: true };
}

function unserializable(value: unknown): TypeError {
  const type = typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
  return new TypeError(`Object of type ${type} is not JSON serializable`);
}

function dumpNumber(value: number): string {
  if (!Number.isFinite(value)) throw new InvalidJSONError('Out of range float values are not JSON compliant');
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function dumpScalar(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return dumpNumber(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw unserializable(value);
}

function resolve(value: unknown): unknown {
  const convertible = typeof value === 'object' && value !== null && 'toJSON' in value;
  return convertible && typeof value.toJSON === 'function' ? value.toJSON() : value;
}

/**
 * JSON as Python's `json.dumps(value, allow_nan=False)` writes it: `, ` and `: ` between the parts, everything beyond
 * printable ASCII as `\uXXXX`. A Map is an object that keeps its order; a bigint is written in full; `toJSON` is
 * honoured; `undefined` members are left out. Depth is bounded by memory, not by the stack.
 * @throws InvalidJSONError for NaN, infinities and cycles; TypeError for what JSON cannot say (functions, bytes, sets).
 */
export function dumpJson(value: unknown): string {
  const stack: Open[] = [];
  const ancestors = new Set<object>();
  let out = '';
  const write = (given: unknown): void => {
    const resolved = resolve(given);
    if (typeof resolved !== 'object' || resolved === null) {
      out += dumpScalar(resolved);
      return;
    }
    if (ancestors.has(resolved)) throw new InvalidJSONError('Circular reference detected');
    const container = open(resolved);
    ancestors.add(resolved);
    stack.push(container);
    out += container.close === ']' ? '[' : '{';
  };
  write(value);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.entries.next();
    if (next.done) {
      out += top.close;
      ancestors.delete(top.source);
      stack.pop();
      continue;
    }
    const [key, member] = next.value;
    if (!top.empty) out += ', ';
    top.empty = false;
    if (key !== null) out += `${quote(key)}: `;
    write(member);
  }
  return out;
}
