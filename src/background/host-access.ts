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
