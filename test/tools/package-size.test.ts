import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { initialScripts } from '../../tools/test/package-size.mjs';

it('follows what a page imports statically, and nothing that is loaded on demand', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'request-workbench-size-'));
  await mkdir(join(folder, 'assets'));
  const files = {
    'panel.html': '<script type="module" crossorigin src="/assets/panel.js"></script>',
    'assets/panel.js': 'import{a as b}from"./shared.js";import"./side.js";const view=()=>import("./view.js");',
    'assets/shared.js': 'export{c}from "./deep.js";',
    'assets/side.js': '',
    'assets/deep.js': 'import{a}from"./shared.js"',
    'assets/view.js': '',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  expect(initialScripts(folder, 'panel.html').sort()).toEqual([
    'assets/deep.js',
    'assets/panel.js',
    'assets/shared.js',
    'assets/side.js',
  ]);
  await rm(folder, { recursive: true });
});
