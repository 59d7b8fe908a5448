import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, SetupError } from './run.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Makes node_modules what package-lock.json says; runs nothing where it is that already.
 */
export async function ensureDependencies() {
  checkNode();
  const locked = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (locked && isInstalled(locked, installed)) return;
  console.log('Installing the locked dependencies (npm ci) …');
  if (await npm('ci')) return;
  // npm ci stops where a registry lacks a package for some other platform; npm install takes the same lock and goes on.
  console.log('npm ci did not work; trying npm install …');
  if (!(await npm('install', '--no-save'))) throw new SetupError('npm install failed; its message is above.');
}

/**
 * @param {...string} args
 * @returns {Promise<boolean>} whether npm succeeded
 */
async function npm(...args) {
  const program = process.env['npm_execpath'];
  const options = [...args, '--no-audit', '--no-fund', '--loglevel=error'];
  const code = program?.endsWith('.js')
    ? await run(process.execPath, [program, ...options], { cwd: root })
    : await run('npm', options, { cwd: root, shell: process.platform === 'win32' });
  return code === 0;
}

/**
 * Whether what npm has installed is what is locked. Packages for other platforms are locked as optional and absent.
 * @param {Lockfile} locked
 * @param {Lockfile | undefined} installed npm's own record in node_modules, which it writes last
 */
export function isInstalled(locked, installed) {
  const there = installed?.packages ?? {};
  return Object.entries(locked.packages ?? {}).every(([path, wanted]) => {
    const found = there[path];
    if (path === '' || wanted.link || (!found && (wanted.optional || wanted.devOptional))) return true;
    return found?.version === wanted.version && found?.integrity === wanted.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Lockfile | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function checkNode() {
  const oldest = [20, 19];
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < (oldest[0] ?? 0) || (major === oldest[0] && minor < (oldest[1] ?? 0))) {
    throw new SetupError(`Node ${oldest.join('.')} or later is needed; this is ${process.versions.node}.`);
  }
}
