import browser from 'webextension-polyfill';

/** What was answered lately, by pattern. The browser tells of changes; should it not, an answer counts for a moment only. */
const answers = new Map<string, Promise<boolean>>();
/** Milliseconds. */
const MOMENT = 500;

browser.permissions.onAdded.addListener(() => answers.clear());
browser.permissions.onRemoved.addListener(() => answers.clear());

/** Whether the extension may reach the URL's host now. Users and browsers can withhold it at any time. */
export async function hasHostAccess(url: string): Promise<boolean> {
  const pattern = originPattern(url);
  const known = answers.get(pattern);
  if (known !== undefined) return known;
  const answer = browser.permissions.contains({ origins: [pattern] });
  answers.set(pattern, answer);
  setTimeout(() => {
    if (answers.get(pattern) === answer) answers.delete(pattern);
  }, MOMENT);
  return answer;
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
