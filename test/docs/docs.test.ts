import { execFile } from 'node:child_process';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const page = (name: string): Promise<string> => readFile(join(root, 'docs', name), 'utf8');

/** The cells of the rows of a Markdown table, white space around them removed. */
function rows(markdown: string): string[][] {
  const lines = markdown.split('\n').filter((line) => line.startsWith('| '));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

describe('what the vector runner says', () => {
  let said: string;

  beforeAll(async () => {
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/vectors/run.ts'], { cwd: root });
    said = (await run).stdout;
  }, 60_000);

  test('is what the page on conformance says', async () => {
    const counts = Array.from(said.matchAll(/^(\w+) (\d+)\/(\d+)/gm), ([, area, passed, cases]) => [
      `\`${area}\``,
      passed,
      cases,
    ]);
    const table = rows(await page('conformance.md')).map((row) => row.slice(0, 3));
    expect(table.filter(([area]) => area?.startsWith('`'))).toEqual(counts);
    const sum = (column: number) => counts.reduce((total, row) => total + Number(row[column]), 0);
    expect(table.at(-1)).toEqual(['all', String(sum(1)), String(sum(2))]);
  });

  test('is told on the page of deviations, rule by rule', async () => {
    const told = (await page('deviations.md')).replaceAll(/\s+/g, ' ');
    const rules = [...new Set(Array.from(said.matchAll(/: our rule: (.*)$/gm), ([, rule = '']) => rule))];
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter((rule) => !told.includes(rule))).toEqual([]);
  });
});

test('what the guide’s page names is there', async () => {
  const text = await page('guide.md');
  const sources = Array.from(text.matchAll(/`((?:http|background)\/[\w./-]+)`/g), ([, path = '']) => join('src', path));
  const tests = Array.from(text.matchAll(/`(test\/[\w./-]+)`/g), ([, path = '']) => path);
  expect(sources.length).toBeGreaterThan(10);
  await Promise.all([...sources, ...tests].map((path) => access(join(root, path))));
});

test('links between the pages lead somewhere', async () => {
  const names = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
  const targets = await Promise.all(
    [...names.map((name) => join('docs', name)), 'README.md', 'ARCHITECTURE.md'].map(async (name) => {
      const text = await readFile(join(root, name), 'utf8');
      return Array.from(text.matchAll(/\]\((?!https?:|#)([^)#]+)/g), ([, to = '']) => join(root, name, '..', to));
    }),
  );
  await Promise.all(targets.flat().map((path) => access(path)));
});
