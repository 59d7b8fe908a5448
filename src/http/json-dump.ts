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

function escapeUnit(unit: string): string {
  return SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : `"${text.replace(TO_ESCAPE, escapeUnit)}"`;
}

/** A container being written: its values, their names unless it is a list, and how far it has come. */
interface Open {
  readonly source: object;
  readonly names: readonly string[] | null;
  readonly values: readonly unknown[];
  next: number;
  empty: boolean;
}

function open(source: object): Open {
  if (Array.isArray(source)) return { source, names: null, values: source, next: 0, empty: true };
  if (source instanceof Map)
    return { source, names: [...source.keys()].map(String), values: [...source.values()], next: 0, empty: true };
  if (Symbol.iterator in source || ArrayBuffer.isView(source)) throw unserializable(source);
  return { source, names: Object.keys(source), values: Object.values(source), next: 0, empty: true };
}

function unserializable(value: unknown): TypeError {
  const type = typeof value === 'object' && value !== null ? value.constructor.name : typeof value;
  return new TypeError(`Object of type ${type} is not JSON serializable`);
}

function dumpNumber(value: number): string {
  if (!Number.isFinite(value)) throw new InvalidJSONError('Out of range float values are not JSON compliant');
  if (Object.is(value, -0)) return '-0.0';
  // Python turns to exponents earlier than JavaScript, and gives them two digits.
  const tiny = value !== 0 && Math.abs(value) < 1e-4;
  return tiny ? value.toExponential().replace(/e-(\d)$/, 'e-0$1') : String(value);
}

function dumpScalar(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return dumpNumber(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  throw unserializable(value);
}

function resolve(value: unknown): unknown {
  const convertible = typeof value === 'object' && value !== null && 'toJSON' in value;
  return convertible && typeof value.toJSON === 'function' ? value.toJSON() : value;
}

/** Open containers are on a list of their own, so that depth costs memory, not stack. */
class Writer {
  readonly #open: Open[] = [];
  readonly #ancestors = new Set<object>();
  #out = '';

  write(root: unknown): string {
    this.#value(root);
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      while (this.#open.at(-1) === top && top.next < top.values.length) this.#member(top);
      if (this.#open.at(-1) === top) this.#close(top);
    }
    return this.#out;
  }

  #member(container: Open): void {
    const value = container.values[container.next];
    const name = container.names?.[container.next];
    container.next++;
    if (name !== undefined && value === undefined) return;
    if (container.empty) container.empty = false;
    else this.#out += ', ';
    if (name !== undefined) this.#out += `${quote(name)}: `;
    this.#value(value);
  }

  #value(given: unknown): void {
    const value = resolve(given);
    if (typeof value !== 'object' || value === null) {
      this.#out += dumpScalar(value);
      return;
    }
    if (this.#ancestors.has(value)) throw new InvalidJSONError('Circular reference detected');
    const container = open(value);
    this.#ancestors.add(value);
    this.#open.push(container);
    this.#out += container.names === null ? '[' : '{';
  }

  #close({ source, names }: Open): void {
    this.#open.pop();
    this.#ancestors.delete(source);
    this.#out += names === null ? ']' : '}';
  }
}

/**
 * JSON as Python's `json.dumps(value, allow_nan=False)` writes it: `, ` and `: ` between the parts, everything beyond
 * printable ASCII as `\uXXXX`. A Map is an object that keeps its order; a bigint is written in full; `toJSON` is
 * honoured; `undefined` members are left out. Depth is bounded by memory, not by the stack.
 * @throws InvalidJSONError for NaN, infinities and cycles; TypeError for what JSON cannot say (functions, bytes, sets).
 */
export function dumpJson(value: unknown): string {
  return new Writer().write(value);
}
