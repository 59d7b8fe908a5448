import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureDependencies, isMain, runTool } from './setup.mjs';
import { zip } from './zip.mjs';

/** @typedef {'chrome' | 'firefox'} Target */

const root = fileURLToPath(new URL('../', import.meta.url));

/** @type {readonly Target[]} */
const targets = ['chrome', 'firefox'];

/**
 * Builds the extension for these browsers into dist/chrome and dist/firefox.
 * @param {readonly Target[]} [which]
 */
export async function buildExtension(which = targets) {
  const { build } = await import('vite');
  for (const target of which) {
    process.env['TARGET'] = target;
    // How long plugins took says nothing about the extension.
    const quiet = { rolldownOptions: { checks: { pluginTimings: false } } };
    await build({ configFile: join(root, 'vite.config.ts'), mode: target, logLevel: 'warn', build: quiet });
    console.log(`Built dist/${target}`);
  }
}

/** Packs what is built into the two archives that the stores take. */
async function packExtension() {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const target of targets) {
    const archive = `dist/request-workbench-${target}-${version}.zip`;
    const content = zip(await filesUnder(join(root, 'dist', target)));
    await writeFile(join(root, archive), content);
    console.log(`Packed ${archive} (${Math.ceil(content.length / 1024)} KiB)`);
  }
}

/**
 * Every file of a folder and the folders in it.
 * @param {string} folder
 * @returns {Promise<Map<string, Buffer>>} contents by path below the folder, with `/` between folders
 */
export async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  /** @type {Map<string, Buffer>} */
  const contents = new Map();
  for (const file of files) contents.set(relative(folder, file).split(sep).join('/'), await readFile(file));
  return contents;
}

if (isMain(import.meta.url)) {
  await runTool(async () => {
    await ensureDependencies();
    await buildExtension();
    if (process.argv.includes('--package')) await packExtension();
  });
}
