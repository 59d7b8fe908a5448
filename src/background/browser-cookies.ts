import browser, { type Cookies } from 'webextension-polyfill';

/**
 * The Cookie field that the inspected page's own request to the URL would carry: HttpOnly, SameSite and partitioned
 * cookies included, from the tab's own container or private store.
 * @returns null when there is none
 */
export async function browserCookieField(url: string, inspectedTab: number | null): Promise<string | null> {
  const tab = inspectedTab === null ? null : await browser.tabs.get(inspectedTab).catch(() => null);
  const storeId = tab?.cookieStoreId;
  const cookies = await browser.cookies.getAll({
    url,
    // An empty key asks for partitioned cookies too, of every top-level site.
    partitionKey: {},
    ...(storeId !== undefined && { storeId }),
  });
  const site = tab?.url === undefined ? null : schemefulSite(tab.url);
  const own = cookies.filter((cookie) => belongs(cookie, site));
  return own.length === 0 ? null : own.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ');
}

interface PartitionKey {
  topLevelSite?: string;
  hasCrossSiteAncestor?: boolean;
}

function belongs(cookie: Cookies.Cookie, site: string | null): boolean {
  const key: PartitionKey | null | undefined = cookie.partitionKey;
  if (key === undefined || key === null) return true;
  return key.topLevelSite === site && key.hasCrossSiteAncestor !== true;
}

/** Scheme and registrable domain; the browsers compare these, and the last two labels are the usual case. */
function schemefulSite(url: string): string {
  const { protocol, hostname } = new URL(url);
  const isAddress = /^[\d.]+$|:/.test(hostname);
  return `${protocol}//${isAddress ? hostname : hostname.split('.').slice(-2).join('.')}`;
}
