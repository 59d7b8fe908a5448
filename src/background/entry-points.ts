import browser from 'webextension-polyfill';

/** Ways to the workbench outside DevTools: the toolbar button and its shortcut, and the page's context menu. */
const MENU_ID = 'open-workbench';

async function openInTab(): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL('panel.html') });
}

/** Call at top level: an unloaded background is woken only for listeners that it registers at once. */
export function registerEntryPoints(): void {
  browser.action.onClicked.addListener(() => void openInTab());
  browser.contextMenus.onClicked.addListener(({ menuItemId }) => {
    if (menuItemId === MENU_ID) void openInTab();
  });
  browser.runtime.onInstalled.addListener(() => {
    browser.contextMenus.create({ id: MENU_ID, title: 'Open Request Workbench', contexts: ['page', 'action'] }, () => {
      // Left from an earlier install: reading the error is what tells the browser that it is expected.
      void browser.runtime.lastError;
    });
  });
}
