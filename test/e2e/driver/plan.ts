import { existsSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executableOf } from './executable.ts';
import type { BrowserName, WorkbenchOptions } from './types.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BUILD: Readonly<Record<BrowserName, string>> = { chromium: 'dist/chrome', firefox: 'dist/firefox' };

/** The title given to `devtools.panels.create`, and the page of the panel. */
export const PANEL_TITLE = 'Workbench';
export const PANEL_PAGE = 'panel.html';

/** Everything that is decided before a browser starts. */
export interface LaunchPlan extends Required<WorkbenchOptions> {
  readonly executable: string;
  /** A folder made for this run, which goes with it: the browser's temporary files, and its profile unless given. */
  readonly scratch: string;
  /** The environment of the browser. */
  readonly env: Record<string, string | undefined>;
}

/** Fills in the defaults. Throws when the browser or the built extension is missing. */
export async function planLaunch(browser: BrowserName, options: WorkbenchOptions): Promise<LaunchPlan> {
  const executable = await executableOf(browser);
  const extension = resolve(ROOT, options.extension ?? BUILD[browser]);
  if (!existsSync(join(extension, 'manifest.json')))
    throw new Error(`No extension in ${extension}; npm run build makes it`);
  const scratch = await mkdtemp(join(tmpdir(), 'workbench-'));
  const temporary = join(scratch, 'tmp');
  const profile = options.profile ?? join(scratch, 'profile');
  const downloads = options.downloads ?? join(scratch, 'downloads');
  for (const folder of [temporary, profile, downloads]) await mkdir(folder, { recursive: true });
  return {
    executable,
    extension,
    profile,
    downloads,
    scratch,
    env: { ...process.env, TMPDIR: temporary },
    width: options.width ?? 1200,
    height: options.height ?? 800,
    // Chromium's private windows are dark, whatever is asked of them.
    theme: options.theme ?? (browser === 'chromium' && options.isPrivate === true ? 'dark' : 'light'),
    url: options.url ?? 'about:blank',
    hosts: options.hosts ?? ['workbench.test', 'other.test'],
    headless: options.headless ?? true,
    dock: options.dock ?? 'window',
    acceptInsecureCerts: options.acceptInsecureCerts ?? false,
    isPrivate: options.isPrivate ?? false,
    storageQuota: options.storageQuota ?? null,
    extraArgs: options.extraArgs ?? [],
    prefs: options.prefs ?? {},
  };
}
