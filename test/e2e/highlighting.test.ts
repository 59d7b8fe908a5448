import { expect, test } from 'vitest';
import type { Panel } from './driver/types.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, send } from './support/compose.ts';

/** What a person sees of the JSON editor: its text, and each coloured part as `kind:text`. */
interface Seen {
  /** The text that stands over that of the text area; null where that shows its own. */
  readonly text: string | null;
  readonly coloured: readonly string[];
  /** Whether the text area's own text is hidden. */
  readonly hidden: boolean;
  /** Different colours of different kinds. */
  readonly colours: number;
}

function look(panel: Panel): Promise<Seen> {
  return panel.evaluate(async () => {
    // What is shown is settled when a frame was drawn.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const area = document.querySelector('textarea[aria-label="Body"]');
    const layer = document.querySelector('.json-colours');
    const tokens = [...(layer?.querySelectorAll<HTMLElement>('[data-token]') ?? [])];
    if (area === null) throw new Error('There is no body editor');
    return {
      text:
        layer === null
          ? null
          : [...(layer.firstElementChild?.children ?? [])].map((each) => each.textContent).join('\n'),
      coloured: tokens.map((token) => `${token.dataset['token'] ?? ''}:${token.textContent}`),
      hidden: getComputedStyle(area).getPropertyValue('-webkit-text-fill-color') === 'rgba(0, 0, 0, 0)',
      colours: new Set(tokens.map((token) => getComputedStyle(token).color)).size,
    };
  });
}

/** Coloured parts of the response's body. */
async function colouredBody(panel: Panel, wanted: string): Promise<void> {
  await expect
    .poll(
      () =>
        panel.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('[aria-label="Response body"] [data-token]')].map(
            (token) => `${token.dataset['token'] ?? ''}:${token.textContent}`,
          ),
        ),
      { timeout: 20_000 },
    )
    .toContain(wanted);
}

inBothBrowsers('highlighting', (stage) => {
  test('the JSON that is written has colours; undo, caret, tokens and the mistake stay', async () => {
    const { panel, echo } = stage;
    const text = '{\n\t"größe": 1e400,\n  "to": "a {{name}} 😀",\n  "ok": true\n}';
    await compose(panel, { method: 'POST', url: `${echo.origin}/json`, body: { type: 'JSON', text } });
    expect(await look(panel)).toEqual({
      text,
      coloured: [
        'attribute:"größe"',
        'number:1e400',
        'attribute:"to"',
        'string:"a {{name}} 😀"',
        'attribute:"ok"',
        'literal:true',
      ],
      hidden: true,
      colours: 4,
    });
    expect(await panel.evaluate(() => document.querySelector('.token-marks mark')?.textContent)).toBe('{{name}}');

    await panel.focus('textbox', 'Body');
    await panel.press('Control+Home', 'ArrowDown', 'End', 'ArrowLeft', '5', 'x');
    const mistaken = text.replace('1e400', '1e4005x');
    await panel.waitFor('textbox', 'Body', { value: mistaken, invalid: true });
    await panel.waitFor('button', 'Line 2, column 11');
    const wrong = await look(panel);
    expect(wrong.text).toBe(mistaken);
    expect(wrong.coloured).not.toContain('number:1e4005x');
    expect(wrong.coloured).toContain('literal:true');

    await panel.press('Backspace', 'Backspace');
    await panel.waitFor('textbox', 'Body', { value: text, invalid: false });
    // A change of another part: what follows is a step of its own, however fast.
    await panel.fill('combobox', 'Method', 'PUT');
    await panel.click('button', 'Minify');
    await panel.waitFor('textbox', 'Body', { value: '{"größe":1e400,"to":"a {{name}} 😀","ok":true}' });
    await panel.press('Control+z');
    await panel.waitFor('textbox', 'Body', { value: text });
    expect((await look(panel)).text).toBe(text);
  });

  test('of a long text the lines in sight are coloured, wherever one scrolls', async () => {
    const { panel } = stage;
    const lines = Array.from({ length: 3000 }, (_, n) => `"line ${n}",`);
    await panel.paste('textbox', 'Body', `[\n${lines.join('\n')}\n0]`);
    await panel.press('Control+End');
    const end = await look(panel);
    expect(end.coloured.at(-1)).toBe('number:0');
    expect(end.coloured).toContain('string:"line 2999"');
    expect(end.coloured.length).toBeLessThan(300);
    await panel.press('Control+Home');
    const start = await look(panel);
    expect(start.coloured[0]).toBe('string:"line 0"');
    expect(start.coloured.length).toBeLessThan(300);
    // Another part first: what follows is a step of its own.
    await panel.fill('combobox', 'Method', 'POST');
    await panel.click('button', 'Minify');
    await panel.waitFor('textbox', 'Body', { value: `[${lines.join('')}0]` });
    await panel.click('button', 'Format');
    await panel.waitFor('textbox', 'Body', { value: `[\n${lines.map((line) => `  ${line}\n`).join('')}  0\n]` });
    expect((await look(panel)).coloured[0]).toBe('string:"line 0"');
  });

  test('a text that is very long shows itself, plain, and nothing is said', async () => {
    const { panel } = stage;
    const fill = (length: number): Promise<void> =>
      panel.evaluate((size: number) => {
        const area = document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Body"]');
        if (area === null) throw new Error('There is no body editor');
        area.value = `[1,\n${`"${'a'.repeat(996)}",\n`.repeat(size / 1000)}2]`;
        area.dispatchEvent(new Event('input', { bubbles: true }));
      }, length);
    await fill(900_000);
    expect(await look(panel)).toMatchObject({ hidden: true, colours: 2 });
    await fill(1_000_000);
    expect(await look(panel)).toEqual({ text: null, coloured: [], hidden: false, colours: 0 });
    await panel.waitFor('textbox', 'Body', { invalid: false });
    await panel.paste('textbox', 'Body', '[1]');
    expect((await look(panel)).coloured).toEqual(['number:1']);
    await panel.select('combobox', 'Body type', 'None');
  });

  test('code in a response has colours, and is plain where one wants it so', async () => {
    const { panel, echo } = stage;
    const files = [
      ['page.html', 'text/html', '<p class="x">y</p>\n<script>let z = "s"</script>', 'keyword:let'],
      ['style.css', 'text/css', 'p { color: red }', 'attribute:color'],
      ['code.js', 'text/javascript', '// note\nconst a = 1;', 'comment:// note'],
      ['data.xml', 'application/xml', '<a b="c">d</a>', 'attribute:b'],
    ] as const;
    for (const [name, type, body, token] of files) {
      echo.on(`/${name}`, (_request, reply) => reply.send({ fields: [['Content-Type', type]], body }));
      await compose(panel, { method: 'GET', url: `${echo.origin}/${name}` });
      expect(await send(panel)).toContain('200 OK');
      if (await panel.exists('combobox', 'View as')) await panel.select('combobox', 'View as', 'Text');
      await colouredBody(panel, token);
    }
  });

  test('JSON is filtered by a JSONPath, and by one that is none says where it goes wrong', async () => {
    const { panel, echo } = stage;
    const body = '{"store": {"book": [{"title": "A", "price": 8.950}, {"title": "B", "price": 9007199254740993}]}}';
    echo.on('/books.json', (_request, reply) => reply.send({ fields: [['Content-Type', 'application/json']], body }));
    await compose(panel, { method: 'GET', url: `${echo.origin}/books.json` });
    await openRequestTab(panel, 'Params');
    expect(await send(panel)).toContain('200 OK');
    await panel.click('button', 'Filter');
    await panel.fill('textbox', 'JSONPath', '$.store.book[?@.price < 9].price');
    const region = ['region', 'Response body'] as const;
    await panel.waitFor(...region, { text: "$['store']['book'][0]['price'] 8.950" });
    expect(await panel.text(...region)).not.toContain('9007199254740993');
    await panel.fill('textbox', 'JSONPath', '$..price');
    await panel.waitFor(...region, { text: "$['store']['book'][1]['price'] 9007199254740993" });
    await panel.waitFor('region', 'Response', { text: '2 values' });
    await panel.fill('textbox', 'JSONPath', '$.store[');
    await panel.waitFor('region', 'Response', { text: /at character \d+/ });
    await panel.click('button', 'Close filter');
    await panel.waitFor(...region, { text: '"title": "A"' });
  });
});
