import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import type { Browser } from 'puppeteer-core';
import { bundle } from '../bundle.ts';
import { unwrap, wrap } from '../evaluate.ts';
import type { Lifetime } from '../lifetime.ts';
import { createPanel } from '../panel.ts';
import { PANEL_PAGE, PANEL_TITLE } from '../plan.ts';
import type { LaunchPlan } from '../plan.ts';
import type { PanelTab, Workbench } from '../types.ts';
import { ChromeScope } from './chrome-scope.ts';
import { createFirefoxSurface } from './surface.ts';

const LOAD_TIMEOUT = 30_000;
/** Firefox draws a new one for every installation unless it is told which. */
const UUID = '7a1e5c9e-4b0d-4f6a-9d2c-3f8b6e5a1c07';

async function extensionId(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const id = /"gecko":\{[^}]*?"id":"([^"]+)"/.exec(JSON.stringify(manifest))?.[1];
  if (id === undefined) throw new Error(`${folder} has no browser_specific_settings.gecko.id`);
  return id;
}

function start(plan: LaunchPlan, id: string): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: plan.executable,
    headless: plan.headless,
    userDataDir: plan.profile,
    defaultViewport: null,
    acceptInsecureCerts: plan.acceptInsecureCerts,
    // Evaluations are bounded by the driver, and some wait for minutes.
    protocolTimeout: 0,
    timeout: 60_000,
    // The reaper ends the browser; whoever runs the driver decides about signals.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // A headless screen is 1366 × 768 otherwise.
    env: { ...plan.env, MOZ_HEADLESS_WIDTH: '2560', MOZ_HEADLESS_HEIGHT: '1600' },
    args: ['--remote-allow-system-access', `--width=${plan.width}`, `--height=${plan.height}`, ...plan.extraArgs],
    extraPrefsFirefox: {
      'devtools.theme': plan.theme,
      'devtools.toolbox.host': plan.dock,
      'devtools.toolbox.splitconsole.open': false,
      'extensions.webextensions.uuids': JSON.stringify({ [id]: UUID }),
      // A temporary add-on loses its data at the end of the browser otherwise, and no restart could be tested.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'network.dns.localDomains': plan.hosts.join(','),
      // In KiB.
      ...(plan.storageQuota !== null && {
        'dom.quotaManager.temporaryStorage.fixedLimit': Math.ceil(plan.storageQuota / 1024),
      }),
      ...(plan.headless && { 'browser.download.folderList': 2, 'browser.download.dir': plan.downloads }),
      ...(plan.isPrivate && { 'browser.privatebrowsing.autostart': true }),
      ...plan.prefs,
    },
  });
}

async function scriptUrl(entry: string, name: string): Promise<string> {
  return `data:application/javascript;charset=utf-8,${encodeURIComponent(await bundle(entry, name))}`;
}

/** Opens Firefox with the extension, the toolbox open at the panel. */
export async function openFirefox(plan: LaunchPlan, lifetime: Lifetime): Promise<Workbench> {
  const id = await extensionId(plan.extension);
  const origin = `moz-extension://${UUID}`;
  const panelUrl = `${origin}/${PANEL_PAGE}`;
  const browser = lifetime.watch(await start(plan, id));
  const scope = await ChromeScope.enter(browser);
  await scope.call('start', [
    {
      extensionId: id,
      origin,
      contentScript: await scriptUrl('firefox/content-side.ts', 'workbenchContentSide'),
      processScript: await scriptUrl('firefox/process-side.ts', 'workbenchProcessSide'),
    },
  ]);
  if (plan.isPrivate) await scope.call('allowPrivate', []);
  await browser.installExtension(plan.extension);
  const inspected = (await browser.pages())[0] ?? (await browser.newPage());
  const panel = createPanel(createFirefoxSurface(scope, 'panel'));
  let { width } = plan;

  async function fitWindow(): Promise<void> {
    if (plan.dock !== 'window') return;
    await scope.call('resizeToolbox', [width, plan.height]);
    await panel.waitForMedia(`(width: ${width}px)`);
  }

  async function openDevTools(): Promise<void> {
    await scope.call('openToolbox', [PANEL_TITLE, panelUrl, plan.dock]);
    await fitWindow();
  }

  async function openPanelTab(): Promise<PanelTab> {
    const name = await scope.call('openTab', [panelUrl]);
    return { ...createPanel(createFirefoxSurface(scope, name)), close: () => scope.call('closeTab', [name]) };
  }

  if (plan.url !== 'about:blank') await inspected.goto(plan.url, { timeout: LOAD_TIMEOUT });
  await openDevTools();

  return {
    browser: 'firefox',
    origin,
    panel,
    async inspect(url) {
      await inspected.goto(url, { timeout: LOAD_TIMEOUT });
    },
    async evaluateInPage<T>(fn: unknown, ...args: readonly unknown[]) {
      return unwrap(await inspected.evaluate(wrap(String(fn), args)), 'the inspected page') as T;
    },
    async acceptCertificate(url, certificate) {
      const { hostname, port } = new URL(url);
      const base64 = certificate.replaceAll(/-----[^-]+-----|\s/g, '');
      await scope.call('acceptCertificate', [hostname, Number(port || 443), base64]);
    },
    setHostAccess: (granted) => scope.call('setHostAccess', [granted]),
    screenshot: () => panel.screenshot(),
    async setPanelWidth(px) {
      if (plan.dock !== 'window') throw new Error('Docked DevTools share the width of the window');
      width = px;
      await fitWindow();
    },
    async setTheme(theme) {
      await scope.call('setTheme', [theme]);
      await panel.waitForMedia(`(prefers-color-scheme: ${theme})`);
    },
    openPanelTab,
    openDevTools,
    closeDevTools: () => scope.call('closeToolbox', []),
    async reopenDevTools() {
      await scope.call('closeToolbox', []);
      await openDevTools();
    },
    killBackground: () => scope.call('killBackground', []),
    backgroundRuns: () => scope.call('backgroundRuns', []),
    backgroundMemory: () => scope.call('extensionMemory', []),
    collectGarbage: () => scope.call('collectGarbage', []),
    reloadExtension: () => scope.call('reload', []),
    backgroundLog: () => scope.call('readLog', [true]),
    async evaluateInBackground<T>(source: unknown, ...args: readonly unknown[]) {
      const result = await scope.call('evaluateInBackground', [wrap(String(source), args)], 0);
      return unwrap(result, 'the background') as T;
    },
    closed: lifetime.closed,
    close: () => lifetime.end(),
  };
}
