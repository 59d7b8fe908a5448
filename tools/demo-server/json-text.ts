/** What the JSON writer takes. A Map keeps the order of keys that look like numbers, which an object does not. */
export type Json =
  | null
  | boolean
  | number
  | string
  | JsonNumber
  | readonly Json[]
  | ReadonlyMap<string, Json>
  | { readonly [key: string]: Json };

/** A number that must keep its digits: JavaScript would round 12345678901234567890. */
class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON as httpbin shows it: keys sorted, two spaces deep, everything beyond ASCII escaped, one line break at the end. */
export function jsonPage(value: Json): string {
  return `${write(sortKeys(value), '\n')}\n`;
}

/** JSON on one line with Python's spacing, keys in the order given. */
export function jsonLine(value: Json): string {
  return write(value);
}

function write(value: Json, breakBefore?: string): string {
  if (value instanceof JsonNumber) return value.text;
  if (value === null || typeof value !== 'object') return asciiOnly(JSON.stringify(value));
  const inner = breakBefore === undefined ? undefined : `${breakBefore}  `;
  const list = isList(value);
  const parts = list
    ? value.map((item) => write(item, inner))
    : entriesOf(value).map(([key, item]) => `${asciiOnly(JSON.stringify(key))}: ${write(item, inner)}`);
  const [open, close] = list ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  return `${open}${inner ?? ''}${parts.join(`,${inner ?? ' '}`)}${breakBefore ?? ''}${close}`;
}

function sortKeys(value: Json): Json {
  if (value === null || typeof value !== 'object' || value instanceof JsonNumber) return value;
  if (isList(value)) return value.map(sortKeys);
  const entries = entriesOf(value).map(([key, item]) => [key, sortKeys(item)] as const);
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : Number(a > b))));
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function entriesOf(value: ReadonlyMap<string, Json> | { readonly [key: string]: Json }): (readonly [string, Json])[] {
  return value instanceof Map ? [...value] : Object.entries(value);
}

function asciiOnly(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Marks a number's text on its way through JSON.parse; no JSON text can hold it unescaped. */
const mark = '\u0000number:';
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads a JSON text without rounding its numbers; nothing if it is none. */
export function readJson(text: string): Json | undefined {
  try {
    JSON.parse(text);
    const marked = text.replace(token, (found) => (found.startsWith('"') ? found : JSON.stringify(mark + found)));
    return JSON.parse(marked, (_key, value: unknown) =>
      typeof value === 'string' && value.startsWith(mark)
        ? new JsonNumber(pythonNumber(value.slice(mark.length)))
        : value,
    );
  } catch {
    return undefined;
  }
}

/** A number as Python prints it after reading it: integers keep their digits, the rest becomes the shortest float. */
function pythonNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text === '-0' ? '0' : text;
  const value = Number(text);
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const plain = String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}
