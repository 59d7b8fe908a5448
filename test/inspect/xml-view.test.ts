import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ViewState, XmlRow } from '../../src/inspect/body-view.ts';
import { searchPattern } from '../../src/inspect/pattern-search.ts';
import { XmlScanner } from '../../src/inspect/xml-scanner.ts';
import { XmlView } from '../../src/inspect/xml-view.ts';
import { slowBlob } from './support/slow-blob.ts';

const order = `<?xml version="1.0"?>
<!-- two items -->
<order id="42" xmlns="urn:shop" xmlns:p="urn:price">
  <item sku="A-1"><name>Cable &amp; plug</name><p:price cur='EUR>'>9.90</p:price></item>
  <item sku="B-7"><name>Lamp</name></item>
  mixed <b>text</b>
  <empty/><![CDATA[<raw>]]>
</order>`;

async function read(text: string) {
  const view = new XmlView(new Blob([text]), searchPattern);
  let state: ViewState | undefined;
  await view.load((next) => {
    state = next;
  });
  const rows = await view.rows(0, 1000);
  return { view, rows, state: () => state };
}

const shown = (rows: readonly XmlRow[]): string[] =>
  rows.map(
    ({ depth, text, part, size }) => `${' '.repeat(depth)}${text.trim()}${part === 'value' ? '' : ` ${part} ${size}`}`,
  );

describe('XML as a tree', () => {
  it('has a row for every node, with what stands in it as it was written', async () => {
    const { rows, state } = await read(order);
    expect(shown(rows)).toEqual([
      '<?xml version="1.0"?>',
      '<!-- two items -->',
      '<order id="42" xmlns="urn:shop" xmlns:p="urn:price"> open 6',
      ' <item sku="A-1"> open 2',
      '  <name>Cable &amp; plug</name>',
      "  <p:price cur='EUR>'>9.90</p:price>",
      ' <item sku="B-7"> open 1',
      '  <name>Lamp</name>',
      ' mixed',
      ' <b>text</b>',
      ' <empty/>',
      ' <![CDATA[<raw>]]>',
    ]);
    expect(state()).toMatchObject({ done: true, problem: null, limited: false });
  });

  it('colours names, attributes and entities', async () => {
    const { rows } = await read('<a:b c="d" e=\'>\'>x &lt; y</a:b>');
    const [row] = rows;
    expect(row?.tokens.map(({ start, end, kind }) => `${kind} ${row.text.slice(start, end)}`)).toEqual([
      'tag <a:b',
      'attribute c',
      'string "d"',
      'attribute e',
      "string '>'",
      'tag >',
      'literal &lt;',
      'tag </a:b',
      'tag >',
    ]);
  });

  it('tells where a node stands, how it is written, and the namespace of its name', async () => {
    const { view, rows } = await read(order);
    const at = (start: string): number => rows.find(({ text }) => text.trim().startsWith(start))?.node ?? -1;
    expect(view.pathOf(at('<item sku="B-7"'))).toBe('/order/item[2]');
    expect(view.pathOf(at('<p:price'))).toBe('/order/item[1]/p:price');
    expect(view.pathOf(at('mixed'))).toBe('/order/text()[1]');
    expect(view.pathOf(at('<![CDATA['))).toBe('/order/text()[2]');
    expect(view.textOf(at('<name>Cable'))).toBe('Cable &amp; plug');
    expect(view.textOf(at('<item sku="B-7"'))).toBe('<item sku="B-7"><name>Lamp</name></item>');
    expect(view.textOf(at('<empty'))).toBe('<empty/>');
    expect(view.namespaceOf(at('<p:price'))).toBe('urn:price');
    expect(view.namespaceOf(at('<name>'))).toBe('urn:shop');
    expect(view.namespaceOf(at('mixed'))).toBe('');
  });

  it('folds, and opens what hides a match', async () => {
    const { view, state } = await read(order);
    view.foldAll(true);
    expect(shown(await view.rows(2, 4))).toEqual([
      '<order id="42" xmlns="urn:shop" xmlns:p="urn:price"> open 6',
      ' <item sku="A-1"> folded 2',
    ]);
    const found = await view.find({ text: 'lamp', isPattern: false, matchCase: false }, () => {});
    expect(found?.count).toBe(1);
    expect(await view.goTo(0)).toBe(5);
    const [row] = await view.rows(5, 6);
    expect(row).toMatchObject({ text: '<name>Lamp</name>', marks: [{ start: 6, end: 10, current: true }] });
    view.foldAll(false);
    expect(state()?.rows).toBe(12);
  });

  it('finds nothing where nothing is drawn: in the end tag of what folds', async () => {
    const { view } = await read('<order><order>1</order><x/></order>');
    const find = (text: string) => view.find({ text, isPattern: false, matchCase: false }, () => {});
    expect((await find('order'))?.count).toBe(3);
    expect((await find('/order>'))?.count).toBe(1);
  });

  it('starts folded when it is large', async () => {
    const { rows, state } = await read(`<a>${'<b><c><d>1</d></c></b>'.repeat(300)}</a>`);
    expect(state()?.rows).toBe(601);
    expect(shown(rows.slice(0, 3))).toEqual(['<a> open 300', ' <b> open 1', '  <c> folded 1']);
  });

  it('shows what is not well-formed as it seems to be meant, and names the mistake', async () => {
    for (const [text, tree, message, column] of [
      ['<a><b>1</a>', ['<a> open 1', ' <b>1'], '</a> stands where <b> is open', 8],
      ['<a>1', ['<a> open 1', ' 1'], '<a> has no end tag', 1],
      ['<a></b></a>', ['<a></b></a>'], '</b> stands where <a> is open', 4],
      ['<a/>x', ['<a/>', 'x'], 'A text stands outside the element', 5],
      ['<a>1 < 2</a>', ['<a>1 < 2</a>'], 'A < stands in a text', 6],
      ['<a><!-- </a>', ['<a> open 1', ' <!-- </a>'], 'This markup does not end', 4],
      ['text', ['text'], 'A text stands outside the element', 1],
      ['', [], 'There is no element', 1],
    ] as const) {
      const { rows, state } = await read(text);
      expect(shown(rows), text).toEqual(tree);
      expect(state()?.problem, text).toMatchObject({ message, line: 1, column, isXml: true });
    }
  });

  it('expands nothing: a billion laughs is one row and an entity', async () => {
    const laughs = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('\n');
    const { rows, view } = await read(
      `<!DOCTYPE l [<!-- don't ]> --><!ENTITY l0 "ha>"><!ENTITY x SYSTEM "http://192.0.2.1/x">\n${laughs}]><l>&l10;&x;</l>`,
    );
    expect(rows).toHaveLength(2);
    expect(rows[1]?.text).toBe('<l>&l10;&x;</l>');
    expect(view.pathOf(0)).toBe('/DOCTYPE');
  });

  it('takes hostile depth and hostile end tags in good time', async () => {
    const deep = 100_000;
    const { state, view, rows } = await read('<a>'.repeat(deep) + '</b>'.repeat(deep));
    expect(state()?.problem?.message).toBe('</b> stands where <a> is open');
    expect(rows.length).toBeGreaterThan(1);
    expect(view.pathOf(deep - 1)).toHaveLength(2 * deep);
  });

  it('reads the same whatever pieces it comes in', async () => {
    const bytes = new TextEncoder().encode(order);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
        const whole = new XmlScanner(bytes);
        whole.advance(bytes.length, true);
        const room = new Uint8Array(bytes.length);
        const inPieces = new XmlScanner(room);
        for (const cut of cuts.toSorted((a, b) => a - b)) {
          room.set(bytes.subarray(0, cut));
          inPieces.advance(cut, false);
        }
        room.set(bytes);
        inPieces.advance(bytes.length, true);
        const columns = ({ nodes }: XmlScanner) =>
          [nodes.kind, nodes.start, nodes.end, nodes.parent, nodes.next, nodes.size].map((column) =>
            Array.from(column.subarray(0, nodes.count)),
          );
        expect(columns(inPieces)).toEqual(columns(whole));
        expect(inPieces.error).toEqual(whole.error);
      }),
    );
  });

  it('shows what has come while the rest is under way', async () => {
    const { blob, release } = slowBlob('<a><b>1</b><c>2</c></a>');
    const view = new XmlView(blob, searchPattern);
    let state: ViewState | undefined;
    const loading = view.load((next) => {
      state = next;
    });
    await release('<a><b>1</b>'.length);
    expect(shown(await view.rows(0, 9))).toEqual(['<a> open 1', ' <b>1</b>']);
    expect(state).toMatchObject({ done: false, problem: null });
    await release('<a><b>1</b><c>2</c></a>'.length);
    await loading;
    expect(shown(await view.rows(0, 9))).toEqual(['<a> open 2', ' <b>1</b>', ' <c>2</c>']);
  });

  it('keeps no more nodes than it has room for', () => {
    const bytes = new TextEncoder().encode(`<a>${'<b/>'.repeat(100)}</a>`);
    const scanner = new XmlScanner(bytes, { maxNodes: 10 });
    scanner.advance(bytes.length, true);
    expect([scanner.nodes.count, scanner.full]).toEqual([10, true]);
  });
});
