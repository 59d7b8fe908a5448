import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ViewState } from '../../src/inspect/body-view.ts';
import { HexView } from '../../src/inspect/hex-view.ts';
import { JsonView } from '../../src/inspect/json-view.ts';
import { searchPattern } from '../../src/inspect/pattern-search.ts';
import { TextView } from '../../src/inspect/text-view.ts';

async function loaded<View extends { load(onState: (state: ViewState) => void): Promise<void> }>(
  view: View,
): Promise<{ view: View; state: () => ViewState }> {
  let state: ViewState | undefined;
  await view.load((next) => {
    state = next;
  });
  return {
    view,
    state: () => {
      if (!state) throw new Error('no state');
      return state;
    },
  };
}

const plain = (text: string) => ({ text, isPattern: false, matchCase: false });

const marked = (text: string, marks: readonly { start: number; end: number; current: boolean }[]): string[] =>
  marks.map(({ start, end, current }) => text.slice(start, end) + (current ? '!' : ''));

describe('TextView', () => {
  const open = (text: string, columns = 80) => loaded(new TextView(new Blob([text]), columns, searchPattern));

  it('splits at every kind of line end', async () => {
    const { view, state } = await open('a\r\nb\rc\n\nd\r\n');
    expect(state()).toMatchObject({ rows: 5, done: true, columns: 1 });
    expect((await view.rows(0, 99)).map((row) => `${row.line} ${row.text}`)).toEqual([
      '1 a',
      '2 b',
      '3 c',
      '4 ',
      '5 d',
    ]);
  });

  it('breaks long lines and numbers them once', async () => {
    const { view } = await open('abcdefg\nxy', 3);
    expect((await view.rows(0, 9)).map((row) => [row.line, row.continued, row.text])).toEqual([
      [1, false, 'abc'],
      [1, true, 'def'],
      [1, true, 'g'],
      [2, false, 'xy'],
    ]);
  });

  it('loses nothing, wherever rows break and whichever part is read', async () => {
    const text = fc
      .array(fc.constantFrom('a', '\t', 'é', '漢', '😀', ' '), { maxLength: 400 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(300),
        async (lines, columns, from) => {
          const { view, state } = await open(lines.join('\n'), columns);
          const rows = await view.rows(0, state().rows);
          expect(rows).toHaveLength(state().rows);
          const joined = lines.map((_, i) =>
            rows
              .filter((row) => row.line === i + 1)
              .map((row) => row.text)
              .join(''),
          );
          expect(joined.join('\n').trimEnd()).toBe(lines.join('\n').trimEnd());
          expect(await view.rows(from, from + 7)).toEqual(rows.slice(from, from + 7));
        },
      ),
    );
  });

  it('does not let bytes without width make an endless row', async () => {
    const { view, state } = await loaded(
      new TextView(new Blob([new Uint8Array(10_000).fill(0x80)]), 100, searchPattern),
    );
    expect(state().rows).toBe(25);
    expect((await view.rows(24, 25))[0]?.text).toHaveLength(400);
  });

  it('finds text in any case, and where a match spans two rows', async () => {
    const { view } = await open('École\nxxxÉC\nole ECOLE', 4);
    const progress: number[] = [];
    expect(await view.find(plain('éco'), (found) => progress.push(found.count))).toEqual({
      count: 1,
      capped: false,
      done: true,
      share: 1,
    });
    expect(await view.goTo(0)).toBe(0);
    expect(await view.goTo(1)).toBeNull();
    expect((await view.rows(0, 1)).map((row) => marked(row.text, row.marks))).toEqual([['Éco!']]);
    await view.find(plain('xÉc'), () => {});
    expect(await view.goTo(0)).toBe(2);
    const rows = await view.rows(2, 4);
    expect(rows.map((row) => [row.text, marked(row.text, row.marks)])).toEqual([
      ['xxxÉ', ['xÉ!']],
      ['C', ['C!']],
    ]);
  });

  it('finds all matches of a body that comes in many pieces', async () => {
    const text = 'needle in a line of ha\n'.repeat(20_000);
    const parts = Array.from({ length: text.length / 1000 }, (_, i) => text.slice(i * 1000, (i + 1) * 1000));
    const { view, state } = await loaded(new TextView(new Blob(parts), 80, searchPattern));
    expect(await view.find(plain('NEEDLE'), () => {})).toEqual({ count: 20_000, capped: false, done: true, share: 1 });
    expect(await view.goTo(19_999)).toBe(19_999);
    expect(state().rows).toBe(20_000);
    expect(await view.find(plain('e'), () => {})).toEqual({ count: 80_000, capped: false, done: true, share: 1 });
    expect(await view.find(plain('i'), () => {})).toEqual({ count: 40_000, capped: false, done: true, share: 1 });
    expect(await view.find(plain(''), () => {})).toEqual({ count: 0, capped: false, done: true, share: 1 });
  });

  it('lets a newer search take over', async () => {
    const { view } = await open('aab'.repeat(100_000));
    const [first, second] = await Promise.all([view.find(plain('a'), () => {}), view.find(plain('b'), () => {})]);
    expect(first).toBeNull();
    expect(second?.count).toBe(100_000);
  });

  it('stops keeping matches at a bound, and says so', async () => {
    const { view } = await open('a'.repeat(100_001));
    expect(await view.find(plain('a'), () => {})).toEqual({ count: 100_000, capped: true, done: true, share: 1 });
  });
});

describe('JsonView', () => {
  const open = (text: string, layout: 'pretty' | 'tree' = 'pretty', many = false) =>
    loaded(new JsonView(new Blob([text]), { layout, many }, searchPattern));
  const written = async (view: JsonView): Promise<string[]> =>
    (await view.rows(0, 9999)).map((row) => {
      const [left, right] = row.kind === 0 ? ['{', '}'] : ['[', ']'];
      const value = {
        value: row.text,
        open: left,
        close: right,
        folded: `${left}…${row.size}${right}`,
        empty: left + right,
      };
      return `${' '.repeat(row.depth)}${row.key === null ? '' : `${row.key}: `}${value[row.part]}${row.comma && row.part !== 'open' ? ',' : ''}`;
    });

  it('indents without changing a value', async () => {
    const { view, state } = await open(
      '{"big":9007199254740993,"a":[1.0,1e400,{}],"a":"\\u00e9","__proto__":{"x":[]}}',
    );
    expect(state()).toMatchObject({ rows: 12, done: true, problem: null });
    expect(await written(view)).toEqual([
      '{',
      ' "big": 9007199254740993,',
      ' "a": [',
      '  1.0,',
      '  1e400,',
      '  {}',
      ' ],',
      ' "a": "\\u00e9",',
      ' "__proto__": {',
      '  "x": []',
      ' }',
      '}',
    ]);
  });

  it('writes JSON that means the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const { view } = await open(JSON.stringify(value));
        expect(JSON.parse((await written(view)).join(''))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('folds and unfolds', async () => {
    const { view, state } = await open('[{"a":[1,2]},{"b":3}]');
    view.toggle(1);
    expect(await written(view)).toEqual(['[', ' {…1},', ' {', '  "b": 3', ' }', ']']);
    view.toggle(1);
    expect(state().rows).toBe(11);
    view.foldAll(true);
    expect(await written(view)).toEqual(['[', ' {…1},', ' {…1}', ']']);
    view.foldAll(false);
    expect(state().rows).toBe(11);
  });

  it('shows a tree without brackets of its own, the outer levels open', async () => {
    const { view } = await open('{"a":[1,{"b":null}]}', 'tree');
    expect((await view.rows(0, 9)).map((row) => [row.depth, row.key, row.position, row.text])).toEqual([
      [0, null, 0, ''],
      [1, '"a"', 0, ''],
      [2, null, 0, '1'],
      [2, null, 1, ''],
      [3, '"b"', 0, 'null'],
    ]);
    const large = await open(JSON.stringify(Array.from({ length: 100 }, () => ({ a: [1] }))), 'tree');
    expect(large.state().rows).toBe(201);
  });

  it('shows what was read before an error, and its place', async () => {
    const { view, state } = await open('{\n "é": [1,\n  "ü", 2 3]}');
    expect(state().problem).toEqual({ message: "Expecting ',' delimiter", line: 3, column: 10, position: 21 });
    expect(await written(view)).toEqual(['{', ' "é": [', '  1,', '  "ü",', '  2']);
  });

  it('holds 10,000 levels', async () => {
    const { view, state } = await open('['.repeat(10_000) + ']'.repeat(10_000));
    expect(state().rows).toBe(19_999);
    expect((await view.rows(9998, 10_001)).map((row) => [row.depth, row.part])).toEqual([
      [9998, 'open'],
      [9999, 'empty'],
      [9998, 'close'],
    ]);
  });

  it('shows the beginning of a very long value', async () => {
    const { view } = await open(`["${'x'.repeat(5000)}"]`);
    const [, row] = await view.rows(0, 2);
    expect(row?.text).toHaveLength(2000);
    expect(row?.clipped).toBe(3002);
  });

  it('finds in keys and values only, and opens what hides a match', async () => {
    const { view } = await open('{"ab": [ {"x": "cab"} ], "c": "AB"}');
    view.foldAll(true);
    expect(await view.find(plain('ab'), () => {})).toEqual({ count: 3, capped: false, done: true, share: 1 });
    expect(await view.find(plain('": '), () => {})).toEqual({ count: 0, capped: false, done: true, share: 1 });
    await view.find(plain('ab'), () => {});
    expect(await view.goTo(1)).toBe(3);
    const rows = await view.rows(0, 9);
    expect(rows.flatMap((row) => [...marked(row.key ?? '', row.keyMarks), ...marked(row.text, row.marks)])).toEqual([
      'ab',
      'ab!',
      'AB',
    ]);
  });

  it('takes JSON Lines', async () => {
    const { view } = await open('{"a":1}\n2\n', 'pretty', true);
    expect(await written(view)).toEqual(['{', ' "a": 1', '}', '2']);
  });
});

describe('HexView', () => {
  it('cuts bytes into rows and finds text and bytes', async () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => i + 0x40);
    const { view, state } = await loaded(new HexView(new Blob([bytes]), 16));
    expect(state().rows).toBe(3);
    expect((await view.rows(1, 9)).map((row) => [row.offset, row.bytes.length])).toEqual([
      [16, 16],
      [32, 8],
    ]);
    expect((await view.find(plain('OPQ'), () => {}))?.count).toBe(1);
    expect(await view.goTo(0)).toBe(0);
    const rows = await view.rows(0, 2);
    expect(rows.map((row) => row.marks)).toEqual([
      [{ start: 15, end: 16, current: true }],
      [{ start: 0, end: 2, current: true }],
    ]);
    expect((await view.find(plain('0x5f 60'), () => {}))?.count).toBe(1);
    expect(await view.goTo(0)).toBe(1);
  });
});

describe('JSON filtered by a JSONPath', () => {
  const open = async (text: string, many = false) => {
    const { view, state } = await loaded(new JsonView(new Blob([text]), { layout: 'pretty', many }, searchPattern));
    const rows = async (): Promise<string[]> =>
      (await view.rows(0, 99)).map(
        (row) =>
          `${' '.repeat(row.depth)}${row.path ?? ''}|${row.key ?? ''}|${row.part === 'value' ? row.text : row.part}${row.comma ? ',' : ''}`,
      );
    return { view, state, rows };
  };

  it('leaves what was found, each as if it stood alone', async () => {
    const { view, state, rows } = await open('{"a":[{"n":1.0,"x":[2]},{"n":9007199254740993}],"b":0}');
    expect(await view.filter('$.a[*]')).toEqual({ found: 2, shown: 2 });
    expect(await rows()).toEqual([
      "$['a'][0]||open",
      ' |"n"|1.0,',
      ' |"x"|open',
      '  ||2',
      ' |"x"|close'.replace('"x"', ''),
      '||close',
      "$['a'][1]||open",
      ' |"n"|9007199254740993',
      '||close',
    ]);
    expect(state().rows).toBe(9);
    view.toggle(2);
    expect((await rows())[0]).toBe("$['a'][0]||folded");
    expect(await view.filter(null)).toEqual({ found: 0, shown: 0 });
    expect((await rows())[0]).toBe('||open,'.replace(',', ''));
  });

  it('shows what stands in each other as often as it was found', async () => {
    const { view, rows } = await open('[[1],2]');
    expect(await view.filter('$..*')).toEqual({ found: 3, shown: 3 });
    expect(await rows()).toEqual(['$[0]||open', ' ||1', '||close', '$[1]||2', '$[0][0]||1']);
  });

  it('is searched in what is left', async () => {
    const { view } = await open('{"a":"yes","b":{"c":"yes"}}');
    await view.filter('$.b');
    view.foldAll(true);
    expect(await view.find(plain('yes'), () => {})).toMatchObject({ count: 1 });
    expect(await view.goTo(0)).toBe(1);
  });

  it('takes every value of JSON Lines', async () => {
    const { view, rows } = await open('{"a":1}\n{"a":2}\n', true);
    expect(await view.filter('$.a')).toEqual({ found: 2, shown: 2 });
    expect(await rows()).toEqual(["$['a']||1", "$['a']||2"]);
  });

  it('says what is wrong with a path, and leaves everything', async () => {
    const { view, rows } = await open('{"a":1}');
    await expect(view.filter('$.')).rejects.toThrow(/at character/);
    expect(await rows()).toHaveLength(3);
  });

  it('tells where a value stands and how it was written', async () => {
    const { view } = await open('{"a":[1.0, {"b c":"x"}]}');
    expect(view.pathOf(4)).toBe("$['a'][1]['b c']");
    expect(view.textOf(1)).toBe('[1.0, {"b c":"x"}]');
  });
});
