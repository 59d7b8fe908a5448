import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { array, assert, constantFrom, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonPathError } from '../../src/inspect/json-path-ast.ts';
import { parseJsonPath } from '../../src/inspect/json-path-parse.ts';
import { selectNodes, type JsonPathLimits } from '../../src/inspect/json-path.ts';
import { normalizedPath, readJsonTree, textOf, type JsonTree } from '../../src/inspect/json-tree.ts';

interface ComplianceCase {
  readonly name: string;
  readonly selector: string;
  readonly document?: unknown;
  readonly result?: unknown;
  readonly results?: readonly unknown[];
  readonly result_paths?: readonly string[];
  readonly results_paths?: readonly (readonly string[])[];
  readonly invalid_selector?: boolean;
}

/** The suite of the JSONPath working group, as a package carries it. */
const suite: readonly ComplianceCase[] = JSON.parse(
  readFileSync(
    join(
      dirname(createRequire(import.meta.url).resolve('jsonpath-rfc9535/package.json')),
      'src/__tests__/jsonpath-compliance-test-suite/cts.json',
    ),
    'utf8',
  ),
).tests;

function treeOf(json: string): JsonTree {
  const { tree, problem } = readJsonTree(new TextEncoder().encode(json));
  expect(problem).toBeNull();
  return tree;
}

function found(json: string, path: string, limits?: JsonPathLimits): string[] {
  const tree = treeOf(json);
  return selectNodes(tree, parseJsonPath(path), limits).map((node) => textOf(tree, node));
}

function problemOf(act: () => unknown): JsonPathError {
  try {
    act();
  } catch (error) {
    if (error instanceof JsonPathError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('the compliance suite', () => {
  it.each(suite.map((test) => [test.name, test] as const))('%s', (_name, test) => {
    if (test.invalid_selector === true) {
      expect(() => parseJsonPath(test.selector)).toThrow(JsonPathError);
      return;
    }
    const tree = treeOf(JSON.stringify(test.document));
    const nodes = selectNodes(tree, parseJsonPath(test.selector));
    const values = nodes.map((node): unknown => JSON.parse(textOf(tree, node)));
    expect(test.results ?? [test.result]).toContainEqual(values);
    const paths = test.results_paths ?? (test.result_paths ? [test.result_paths] : null);
    if (paths !== null) expect(paths).toContainEqual(nodes.map((node) => normalizedPath(tree, node)));
  });

  it('is there as a whole', () => expect(suite.length).toBeGreaterThan(600));
});

describe('numbers', () => {
  it('gives them as they were written', () => {
    expect(found('{"id": 12345678901234567890.10}', '$.id')).toEqual(['12345678901234567890.10']);
  });

  it.each([
    ['9007199254740993', '==', '9007199254740993', true],
    ['9007199254740993', '==', '9007199254740992', false],
    ['9007199254740993', '>', '9007199254740992', true],
    ['-9007199254740993', '<', '-9007199254740992', true],
    ['1.0', '==', '1', true],
    ['100', '==', '1e2', true],
    ['-0', '==', '0', true],
    ['1e400', '<', '1e401', true],
    ['0.1000000000000000000001', '>', '0.1', true],
    ['-1e400', '<', '1e-400', true],
  ])('%s %s %s: %s', (left, operator, right, expected) => {
    expect(found(`[${left}]`, `$[?@ ${operator} ${right}]`)).toEqual(expected ? [left] : []);
  });
});

describe('what is no JSONPath', () => {
  it.each([
    ['', 'a JSONPath begins with $', 0],
    ['user.id', 'a JSONPath begins with $', 0],
    ['$.', 'a name or * was expected', 2],
    ['$.a b', 'a segment was expected', 3],
    ['$[', 'a selector was expected', 2],
    ["$['a]", 'a string is not closed', 2],
    ["$['\\q']", 'an escape', 3],
    ['$[9007199254740992]', 'too large', 2],
    ['$[01]', ', or ]', 3],
    ['$[?@.a = 1]', 'a comma or ]', 7],
    ['$[?@.* == 1]', 'several values', 3],
    ['$[?1]', 'has to be compared', 3],
    ['$[?length(@) ]', 'has to be compared', 3],
    ["$[?match(@.a, 'x') == true]", 'cannot be compared', 3],
    ['$[?nope(@)]', 'no function', 3],
    ['$[?length()]', 'one argument', 3],
    ['$[?count(1) == 1]', 'takes a query', 9],
  ])('%j: %s at %d', (path, message, position) => {
    const problem = problemOf(() => parseJsonPath(path));
    expect(problem.message.replace('comma', ',')).toContain(message.replace('comma', ','));
    expect(problem.position).toBe(position);
  });

  it('never ends in another error, whatever the text', () => {
    const signs = '$@.*[]()\'"?!&|=<>,:-01ae \\\n'.split('');
    const sign = constantFrom(...signs, 'match', 'length(', '..', '\ud800');
    assert(
      property(array(sign, { maxLength: 25 }), (signs) => {
        try {
          selectNodes(treeOf('{"a":[1,{"e":"x"}]}'), parseJsonPath(`$${signs.join('')}`));
        } catch (error) {
          expect(error).toBeInstanceOf(JsonPathError);
        }
      }),
    );
  });
});

describe('normalized paths', () => {
  it('lead back to their value', () => {
    assert(
      property(jsonValue({ maxDepth: 4 }), (value) => {
        const tree = treeOf(JSON.stringify(value));
        for (let node = 0; node < tree.nodes.count; node++) {
          expect(selectNodes(tree, parseJsonPath(normalizedPath(tree, node)))).toEqual([node]);
        }
      }),
    );
  });

  it('write odd names as the RFC wants them', () => {
    const tree = treeOf('{"a\'b\\\\c\\u000b\\n": 1}');
    expect(normalizedPath(tree, 1)).toBe("$['a\\'b\\\\c\\u000b\\n']");
  });
});

it('takes the last of a repeated name, and all of them by a wildcard', () => {
  expect(found('{"a":1,"a":2}', '$.a')).toEqual(['2']);
  expect(found('{"a":1,"a":2}', '$.*')).toEqual(['1', '2']);
});

it('starts at another root where several values follow each other', () => {
  const tree = treeOf('[{"a":1},{"a":2}]');
  const second = selectNodes(tree, parseJsonPath('$[1]'))[0] ?? -1;
  expect(selectNodes(tree, parseJsonPath('$.a'), {}, second).map((node) => textOf(tree, node))).toEqual(['2']);
});

describe('what would take too long', () => {
  const deep = `${'[1,'.repeat(300)}1${']'.repeat(300)}`;

  it('stops with what it was stopped by', () => {
    expect(problemOf(() => found(deep, '$..*..*..*..*', { work: 100_000 })).code).toBe('limit');
    expect(problemOf(() => found(deep, '$..*..*..*', { found: 1000 })).message).toContain('more than 1000 values');
    expect(problemOf(() => parseJsonPath(`$[?${'('.repeat(60)}@.a${')'.repeat(60)}]`)).code).toBe('limit');
    expect(problemOf(() => parseJsonPath(`$.${'a'.repeat(10_001)}`)).code).toBe('limit');
    expect(problemOf(() => found('["a"]', "$[?match(@, '(((a{99}){99}){99}){99}')]")).code).toBe('limit');
  });

  it('does not backtrack in regular expressions', () => {
    const text = 'a'.repeat(20_000);
    const start = performance.now();
    expect(found(`["${text}"]`, "$[?match(@, '(a*)*(a*)*b')]")).toEqual([]);
    expect(found(`["${text}"]`, "$[?search(@, '(a|aa)+b')]")).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('goes as deep as the JSON does', () => {
    const levels = 100_000;
    expect(found(`${'['.repeat(levels)}7${']'.repeat(levels)}`, '$..[?@ == 7]')).toEqual(['7']);
    const nested = `${'['.repeat(levels)}7${']'.repeat(levels)}`;
    expect(found(`[{"a":${nested},"b":${nested}}]`, '$[?@.a == @.b]')).toHaveLength(1);
  });
});

it('finds names however they are written', () => {
  expect(found('{"\\u0061b":1}', '$.ab')).toEqual(['1']);
  expect(found('{"a\\\\":1,"a":2,"ab":3}', "$['a\\\\']")).toEqual(['1']);
  expect(found('{"ä€😀":1,"ä€":2}', "$['ä€😀']")).toEqual(['1']);
});
