import browser from 'webextension-polyfill';

/** Whether the extension may reach the URL's host now. Users and browsers can withhold it at any time. */
export async function hasHostAccess(url: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [originPattern(url)] });
}

/** The match pattern of a URL's host; patterns know no port. */
export function originPattern(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}/*`;
}

const PAGE = 'access.html';

/**
 * Opens the page that asks for access to the URL's host, and waits until the user has answered: granted, or the page
 * closed.
 */
export async function askHostAccess(url: string): Promise<boolean> {
  const tab = await browser.tabs.create({ url: browser.runtime.getURL(`${PAGE}?url=${encodeURIComponent(url)}`) });
  const answered = Promise.withResolvers<void>();
  const onRemoved = (tabId: number): void => {
    if (tabId === tab.id) answered.resolve();
  };
  const onAdded = (): void => answered.resolve();
  browser.tabs.onRemoved.addListener(onRemoved);
  browser.permissions.onAdded.addListener(onAdded);
  await answered.promise;
  browser.tabs.onRemoved.removeListener(onRemoved);
  browser.permissions.onAdded.removeListener(onAdded);
  return hasHostAccess(url);
}
