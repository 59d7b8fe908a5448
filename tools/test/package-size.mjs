import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { filesUnder } from '../build.mjs';
import { zip } from '../zip.mjs';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Bytes. Gzip stands for what has to be read and compiled before the panel shows anything. */
const limits = { initialScript: 150 * 1024, chromePackage: 1_000_000 };

/**
 * Two tests: what the panel loads before it shows anything, and the archive for Chrome's store.
 * @returns {Promise<import('./steps.mjs').Counts>}
 */
export async function packageSize() {
  const folder = join(dist, 'chrome');
  const script = initialScripts(folder, 'panel.html').reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length,
    0,
  );
  const archive = zip(await filesUnder(folder)).length;
  const fits = [
    isWithin('The panel’s initial script, gzipped', script, limits.initialScript),
    isWithin('The package for Chrome', archive, limits.chromePackage),
  ];
  return { passed: fits.filter(Boolean).length, failed: fits.filter((fit) => !fit).length };
}

/**
 * @param {string} what
 * @param {number} size
 * @param {number} limit
 */
function isWithin(what, size, limit) {
  const kib = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
  console.log(`${what}: ${kib(size)} (at most ${kib(limit)})`);
  // Nothing at all is no small script, but one that was not found.
  return size > 0 && size <= limit;
}

/**
 * The scripts of a page and all that they import statically.
 * @param {string} folder of the built extension
 * @param {string} page
 * @returns {string[]}
 */
export function initialScripts(folder, page) {
  const html = readFileSync(join(folder, page), 'utf8');
  const found = new Set([...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map(([, src = '']) => pathOf(src, page)));
  for (const file of found) {
    const code = readFileSync(join(folder, file), 'utf8');
    for (const [, from = ''] of code.matchAll(/\b(?:import|from)\s*["'](\.[^"']+\.js)["']/g))
      found.add(pathOf(from, file));
  }
  return [...found];
}

/**
 * @param {string} reference as it stands in a file: from the root, or relative
 * @param {string} file
 */
function pathOf(reference, file) {
  return reference.startsWith('/') ? reference.slice(1) : posix.join(dirname(file), reference);
}
