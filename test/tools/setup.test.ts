import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../../tools/setup.mjs';
import { isInstalled } from '../../tools/setup/dependencies.mjs';
import { installPackages } from '../../tools/setup/system-packages.mjs';

describe('node_modules is what is locked', () => {
  const locked = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/only-elsewhere': { version: '1.0.0', integrity: 'sha512-o', optional: true },
    },
  };
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  it('when each package is there in its version; those of other platforms may be absent', () => {
    expect(isInstalled(locked, { packages: { 'node_modules/a': a } })).toBe(true);
  });

  it.each([
    ['nothing is installed', undefined],
    ['a package is missing', { packages: {} }],
    ['a version differs', { packages: { 'node_modules/a': { ...a, version: '1.0.1' } } }],
    ['the content differs', { packages: { 'node_modules/a': { ...a, integrity: 'sha512-b' } } }],
    [
      'an optional one is there in another version',
      { packages: { 'node_modules/a': a, 'node_modules/only-elsewhere': { version: '0.9.0' } } },
    ],
  ])('not when %s', (_why, installed) => {
    expect(isInstalled(locked, installed)).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('finding a browser', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'request-workbench-setup-'));
    vi.spyOn(console, 'log').mockReturnValue();
    vi.stubEnv('CHROMIUM', '');
    vi.stubEnv('FIREFOX', '');
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  /** Puts a program on PATH that prints this as its version. */
  async function program(name: string, prints: string): Promise<string> {
    const place = join(folder, name);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, name), `#!/bin/sh\necho '${prints}'\n`);
    await chmod(join(place, name), 0o755);
    const before = process.env['PATH']?.startsWith(folder) ? [process.env['PATH']] : ['/nowhere'];
    vi.stubEnv('PATH', [place, ...before].join(delimiter));
    return join(place, name);
  }

  it('takes the one that the environment names', async () => {
    const named = await program('my-own-chrome', 'whatever');
    vi.stubEnv('CHROMIUM', named);
    expect(findBrowser('chromium')).toBe(named);
  });

  it('says so when the environment names nothing that can be run', () => {
    vi.stubEnv('FIREFOX', '/nowhere/firefox');
    expect(() => findBrowser('firefox')).toThrow('FIREFOX is /nowhere/firefox, but there is no such program.');
  });

  it('passes over one that is too old or does not run', async () => {
    await program('chromium', 'Chromium 100.0.4896.60');
    await program('chromium-browser', 'This is a stub: please install the snap');
    const fitting = await program('google-chrome', 'Google Chrome 150.0.7000.1 ');
    expect(findBrowser('chromium')).toBe(fitting);
  });

  it('finds nothing where there is nothing', async () => {
    await program('firefox-esr', 'Mozilla Firefox 128.3.0esr');
    expect(findBrowser('firefox')).toBeUndefined();
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining('no Firefox of version 140 or later'));
  });
});

describe('installing packages', () => {
  it('is left to the person who may, in a sentence that says what', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    await expect(installPackages('Firefox', ['firefox-esr', 'fonts-dejavu-core'])).rejects.toThrow(
      /^Firefox is missing and cannot be installed from here\. Please install it\./,
    );
    vi.restoreAllMocks();
  });
});
