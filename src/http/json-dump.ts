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
  let names: string[] | null = null;
  let values: readonly unknown[];
  if (Array.isArray(source)) values = source;
  else if (source instanceof Map) {
    names = [...source.keys()].map(String);
    values = [...source.values()];
  } else {
    if (Symbol.iterator in source || ArrayBuffer.isView(source)) throw unserializable(source);
    names = Object.keys(source);
    values = Object.values(source);
  }
  return { source, names, values, next: 0, empty: true };
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

function resolve(value: object): unknown {
  return 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value;
}

/** Open containers are on a list of their own, so that depth costs memory, not stack. */
class Writer {
  readonly #open: Open[] = [];
  #depthToCheck = 1000;
  #out = '';

  write(root: unknown): string {
    this.#value(root);
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (!this.#members(top)) continue;
      this.#open.pop();
      this.#out += top.names === null ? ']' : '}';
    }
    return this.#out;
  }

  /** Writes members up to one that opens a container of its own (false), or all of them (true). */
  #members(container: Open): boolean {
    const { names, values } = container;
    while (container.next < values.length) {
      const name = names?.[container.next];
      const value = values[container.next++];
      if (name !== undefined && value === undefined) continue;
      if (container.empty) container.empty = false;
      else this.#out += ', ';
      if (name !== undefined) this.#out += `${quote(name)}: `;
      if (this.#value(value)) return false;
    }
    return true;
  }

  /** Writes a scalar whole; opens a container (true). */
  #value(given: unknown): boolean {
    const value = typeof given === 'object' && given !== null ? resolve(given) : given;
    if (typeof value !== 'object' || value === null) {
      this.#out += dumpScalar(value);
      return false;
    }
    const container = open(value);
    this.#out += container.names === null ? '[' : '{';
    this.#open.push(container);
    if (this.#open.length === this.#depthToCheck) this.#refuseCycle();
    return true;
  }

  /** A cycle goes ever deeper, so it is enough to look for one each time the depth has doubled. */
  #refuseCycle(): void {
    this.#depthToCheck *= 2;
    const distinct = new Set(this.#open.map(({ source }) => source));
    if (distinct.size < this.#open.length) throw new InvalidJSONError('Circular reference detected');
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
