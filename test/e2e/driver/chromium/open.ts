import { launch } from 'puppeteer-core';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { unwrap, wrap } from '../evaluate.ts';
import type { Lifetime } from '../lifetime.ts';
import { createPanel } from '../panel.ts';
import { PANEL_PAGE, PANEL_TITLE } from '../plan.ts';
import type { LaunchPlan } from '../plan.ts';
import type { PanelTab, Workbench } from '../types.ts';
import { ChromiumExtension } from './extension.ts';
import { setFrontEndTheme, showPanel } from './front-end.ts';
import { prepareProfile } from './profile.ts';
import { createChromiumSurface } from './surface.ts';

const QUIET = [
  '--no-first-run',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const LOAD_TIMEOUT = 30_000;

async function start(plan: LaunchPlan): Promise<Browser> {
  await prepareProfile(plan);
  const args = [
    ...QUIET,
    // A headless screen is 800 × 600 otherwise, and no window of it is higher.
    '--screen-info={2560x1600}',
    `--window-size=${plan.width},${plan.height}`,
    `--host-resolver-rules=${plan.hosts.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`,
    ...(plan.isPrivate ? ['--incognito'] : []),
    ...(plan.acceptInsecureCerts ? ['--ignore-certificate-errors'] : []),
    ...plan.extraArgs,
  ];
  return launch({
    executablePath: plan.executable,
    headless: plan.headless,
    pipe: true,
    enableExtensions: true,
    userDataDir: plan.profile,
    env: plan.env,
    defaultViewport: null,
    // Evaluations are bounded by the driver, and some wait for minutes.
    protocolTimeout: 0,
    timeout: 60_000,
    // The reaper ends the browser; whoever runs the driver decides about signals.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args,
  });
}

/** Opens Chromium with the extension, DevTools open at the panel. */
export async function openChromium(plan: LaunchPlan, lifetime: Lifetime): Promise<Workbench> {
  const browser = lifetime.watch(await start(plan));
  const extension = await ChromiumExtension.install(browser, plan.extension, plan.isPrivate);
  const { origin } = extension;
  const inspected = (await browser.pages())[0] ?? (await browser.newPage());
  if (plan.storageQuota !== null) {
    // Before anything is stored: what room there is is asked for once in half a minute. It counts as long as its session.
    const session = await inspected.createCDPSession();
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: plan.storageQuota });
  }

  let shown: { devtools: Page; frame: Frame } | undefined;
  let width = plan.width;
  let theme = plan.theme;

  const current = (): { devtools: Page; frame: Frame } => {
    if (shown === undefined) throw new Error('DevTools are closed');
    return shown;
  };

  async function applyTheme(): Promise<void> {
    await setFrontEndTheme(current().devtools, theme);
    await panel.waitForMedia(`(prefers-color-scheme: ${theme})`);
  }

  async function openDevTools(): Promise<void> {
    const devtools = await inspected.openDevTools();
    // A reload of the extension takes with it every DevTools window that shows a page of it.
    devtools.once('close', () => {
      if (shown?.devtools === devtools) shown = undefined;
    });
    // Docked, and with windows on a screen, the window decides.
    if (plan.headless && plan.dock === 'window') await devtools.setViewport({ width, height: plan.height });
    const frame = await showPanel(devtools, origin, PANEL_TITLE, PANEL_PAGE);
    shown = { devtools, frame };
    await applyTheme();
  }

  async function closeDevTools(): Promise<void> {
    await shown?.devtools.close();
    shown = undefined;
  }

  const panelErrors = async (): Promise<string[]> => (await extension.errors()).panel;
  const wake = async (): Promise<void> => {
    const client = await current().devtools.createCDPSession();
    await client.send('ServiceWorker.enable');
    await client.send('ServiceWorker.startWorker', { scopeURL: `${origin}/` });
    await client.detach();
  };

  const panel = createPanel(
    createChromiumSurface({
      label: 'the panel',
      page: () => current().devtools,
      frame: () => current().frame,
      devtools: () => current().devtools,
      errors: panelErrors,
    }),
  );

  async function openPanelTab(): Promise<PanelTab> {
    const page = await browser.newPage();
    await page.goto(`${origin}/${PANEL_PAGE}`, { timeout: LOAD_TIMEOUT });
    const surface = createChromiumSurface({
      label: 'the panel tab',
      page: () => page,
      frame: () => page.mainFrame(),
      devtools: () => current().devtools,
      errors: panelErrors,
    });
    return { ...createPanel(surface), close: () => page.close() };
  }

  await inspected.goto(plan.url, { timeout: LOAD_TIMEOUT });
  await openDevTools();

  return {
    browser: 'chromium',
    origin,
    panel,
    async inspect(url) {
      await inspected.goto(url, { timeout: LOAD_TIMEOUT });
    },
    async evaluateInPage<T>(fn: unknown, ...args: readonly unknown[]) {
      return unwrap(await inspected.evaluate(wrap(String(fn), args)), 'the inspected page') as T;
    },
    async acceptCertificate(url) {
      // Going there fails and shows the warning; these letters are its way for those who know what they do.
      await inspected.goto(url, { timeout: LOAD_TIMEOUT }).catch(() => null);
      await inspected.waitForSelector('#proceed-link', { timeout: LOAD_TIMEOUT });
      await inspected.keyboard.type('thisisunsafe');
      await inspected.waitForFunction(() => location.protocol === 'https:', { timeout: LOAD_TIMEOUT });
    },
    setHostAccess: (granted) => extension.setHostAccess(granted),
    screenshot: () => panel.screenshot(),
    async setPanelWidth(px) {
      if (plan.dock !== 'window') throw new Error('Docked DevTools share the width of the window');
      width = px;
      await current().devtools.setViewport({ width, height: plan.height });
      await panel.waitForMedia(`(width: ${px}px)`);
    },
    async setTheme(wanted) {
      theme = wanted;
      await applyTheme();
    },
    openPanelTab,
    openDevTools,
    closeDevTools,
    async reopenDevTools() {
      await closeDevTools();
      await openDevTools();
    },
    killBackground: () => extension.kill(),
    backgroundRuns: async () => extension.runs(),
    backgroundMemory: () => extension.memory(wake),
    collectGarbage: () => extension.collectGarbage(),
    reloadExtension: () => extension.reload(),
    backgroundLog: async () => (await extension.errors()).background,
    async evaluateInBackground<T>(source: unknown, ...args: readonly unknown[]) {
      return unwrap(await extension.evaluate(wrap(String(source), args), wake), 'the background') as T;
    },
    closed: lifetime.closed,
    close: () => lifetime.end(),
  };
}
