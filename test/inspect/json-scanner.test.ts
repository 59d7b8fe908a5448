import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonKind } from '../../src/inspect/json-nodes.ts';
import { JsonScanner } from '../../src/inspect/json-scanner.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function scan(text: string, pieceLength = Infinity, options = {}): JsonScanner {
  const scanner = new JsonScanner(options);
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += pieceLength) scanner.push(bytes.subarray(at, at + pieceLength));
  scanner.finish();
  return scanner;
}

/** Each value as `kind depth [key] text`, containers without their text. */
function outline(text: string, scanner: JsonScanner): string[] {
  const bytes = encoder.encode(text);
  const { nodes } = scanner;
  return Array.from({ length: nodes.count }, (_, i) => {
    const kind = Object.entries(JsonKind).find(([, value]) => value === nodes.kind[i])?.[0];
    const key = nodes.key[i] ? `@${nodes.key[i]} ` : '';
    const value = nodes.isContainer(i)
      ? `x${nodes.size[i]}`
      : decoder.decode(bytes.slice(nodes.start[i], nodes.end[i]));
    return `${kind} ${nodes.depth(i)} ${key}${value}`;
  });
}

/** Texts, and what Python 3.11's `json.loads` says about them; its character positions as byte offsets. */
const WRONG: readonly (readonly [text: string, message: string, offset: number])[] = [
  ['', 'Expecting value', 0],
  ['  ', 'Expecting value', 2],
  ['{', 'Expecting property name enclosed in double quotes', 1],
  ['[', 'Expecting value', 1],
  ['{"a"', "Expecting ':' delimiter", 4],
  ['{"a" 1}', "Expecting ':' delimiter", 5],
  ['{"a":', 'Expecting value', 5],
  ['{"a":}', 'Expecting value', 5],
  ['[1', "Expecting ',' delimiter", 2],
  ['[1,', 'Expecting value', 3],
  ['[1,]', 'Expecting value', 3],
  ['{"a":1,}', 'Expecting property name enclosed in double quotes', 7],
  ['{"a":1,', 'Expecting property name enclosed in double quotes', 7],
  ['{,}', 'Expecting property name enclosed in double quotes', 1],
  ['[,1]', 'Expecting value', 1],
  ['1.', 'Extra data', 1],
  ['1.5e', 'Extra data', 3],
  ['-', 'Expecting value', 0],
  ['01', 'Extra data', 1],
  ['[01]', "Expecting ',' delimiter", 2],
  ['[-]', 'Expecting value', 1],
  ['[1.5e]', "Expecting ',' delimiter", 4],
  ['[1.e3]', "Expecting ',' delimiter", 2],
  ['nul', 'Expecting value', 0],
  ['[tru]', 'Expecting value', 1],
  ['[truE]', 'Expecting value', 1],
  ['"abc', 'Unterminated string starting at', 0],
  ['[1 2]', "Expecting ',' delimiter", 3],
  ['{a:1}', 'Expecting property name enclosed in double quotes', 1],
  ['{"a":"b', 'Unterminated string starting at', 5],
  ['"\\u12G4"', 'Invalid \\uXXXX escape', 2],
  ['"\\u12', 'Invalid \\uXXXX escape', 2],
  ['"ab\\x"', 'Invalid \\escape', 3],
  ['"\\', 'Unterminated string starting at', 0],
  ['"a\u0001"', 'Invalid control character at', 2],
  ['{"a":1 "b"}', "Expecting ',' delimiter", 7],
  ['1 2', 'Extra data', 2],
  ['[1}', "Expecting ',' delimiter", 2],
  ['{"a":1]', "Expecting ',' delimiter", 6],
  ['{"é":"ü" 1}', "Expecting ',' delimiter", 11],
  ['[\n1,\n  x]', 'Expecting value', 7],
  ['tr', 'Expecting value', 0],
  ['[-Infinit]', 'Expecting value', 1],
  ["{'a':1}", 'Expecting property name enclosed in double quotes', 1],
  ['[1]]', 'Extra data', 3],
  [' 1', 'Expecting value', 0],
];

describe('JsonScanner', () => {
  it('keeps every value where it stands, as it is written', () => {
    const text = '{"a": 9007199254740993, "b":[1.0,1e400,-0], "a":"x\\u00e9\\"", "__proto__":{}, "n":null}';
    const scanner = scan(text);
    expect(scanner.error).toBeNull();
    expect(outline(text, scanner)).toEqual([
      'object 0 x5',
      'number 1 @2 9007199254740993',
      'array 1 @25 x3',
      'number 2 1.0',
      'number 2 1e400',
      'number 2 -0',
      'string 1 @45 "x\\u00e9\\""',
      'object 1 @62 x0',
      'literal 1 @78 null',
    ]);
  });

  it('reads the same from pieces of any length', () => {
    const text = '[{"k\\u0041":-12.5e+3,"é":[true,false,NaN,-Infinity]}, "ünï", []]';
    const whole = outline(text, scan(text));
    for (let length = 1; length < 12; length++) expect(outline(text, scan(text, length))).toEqual(whole);
  });

  it('accepts all that JSON.stringify writes and counts its values', () => {
    const count = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce((sum: number, inner) => sum + count(inner), 1)
        : 1;
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), fc.integer({ min: 1, max: 9 }), (value, indent, pieceLength) => {
        const scanner = scan(JSON.stringify(value, null, indent), pieceLength);
        expect(scanner.error).toBeNull();
        expect(scanner.nodes.count).toBe(count(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  it.each(WRONG)('names what is wrong with %j and where as Python does', (text, message, offset) => {
    for (const pieceLength of [1, 3, Infinity]) expect(scan(text, pieceLength).error).toEqual({ message, offset });
  });

  it('keeps what was read before an error, containers left open', () => {
    const text = '{"a":[1,{"b":"cut of';
    const scanner = scan(text);
    expect(scanner.error).toEqual({ message: 'Unterminated string starting at', offset: 13 });
    expect(outline(text, scanner)).toEqual([
      'object 0 x1',
      'array 1 @2 x2',
      'number 2 1',
      'object 2 x1',
      'cut 3 @10 "cut of',
    ]);
    expect(Array.from(scanner.nodes.end.slice(0, 2))).toEqual([0, 0]);
    expect(scanner.nodes.next[0]).toBe(5);
  });

  it('nests as deep as it is told', () => {
    const deep = 100_000;
    const scanner = scan('['.repeat(deep) + ']'.repeat(deep));
    expect(scanner.error).toBeNull();
    expect(scanner.nodes.depth(deep - 1)).toBe(deep - 1);
  });

  it('takes several values where that is allowed', () => {
    expect(scan('{"a":1}\n{"a":2}\n\u001e[3]\n', 2, { many: true }).error).toBeNull();
    expect(scan('1\n2', 2, { many: true }).nodes.count).toBe(2);
    expect(scan('{"a":1}\n{"a"', 2, { many: true }).error?.message).toBe("Expecting ':' delimiter");
  });

  it('stops when there are more values than it may keep', () => {
    const scanner = scan('[1,2,3,4]', 1, { maxNodes: 3 });
    expect(scanner.full).toBe(true);
    expect(scanner.error).toBeNull();
    expect(scanner.nodes.count).toBe(3);
    expect(scanner.nodes.next[0]).toBe(3);
  });
});
