import { existsSync } from 'node:fs';
import { run, SetupError } from './run.mjs';

let updated = false;

/** Installing is this program's business only where it needs no password: as root, where apt-get is. */
function mayInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * Installs packages of Debian or Ubuntu, or says what to install.
 * @param {string} what what is missing, for people
 * @param {readonly string[]} packages names at Debian
 */
export async function installPackages(what, packages) {
  if (!mayInstall()) {
    const debian =
      process.platform === 'linux' ? ` On Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}` : '';
    throw new SetupError(`${what} is missing and cannot be installed from here. Please install it.${debian}`);
  }
  console.log(`Installing ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // What apt-get says matters only where it fails.
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  if (!updated) updated = (await run('apt-get', [...quiet, 'update'], { env })) === 0;
  const install = [...quiet, 'install', '--yes', '--no-install-recommends', ...packages];
  if ((await run('apt-get', install, { env, stdio: ['ignore', 'ignore', 'inherit'] })) !== 0) {
    throw new SetupError(`${what} is missing, and apt-get could not install ${packages.join(' ')}.`);
  }
}
