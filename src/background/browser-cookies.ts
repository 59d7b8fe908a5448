import browser, { type Cookies } from 'webextension-polyfill';
import { CookieJar } from '../http/cookies.ts';
import { schemefulSite } from './schemeful-site.ts';

/** The tab whose requests are imitated: its cookie store (container, private window) and its partition. */
interface CookieContext {
  storeId: string | undefined;
  /** The site of the tab's page; null in a plain tab. */
  site: string | null;
}

async function contextOf(inspectedTab: number | null): Promise<CookieContext> {
  const tab = inspectedTab === null ? null : await browser.tabs.get(inspectedTab).catch(() => null);
  return { storeId: tab?.cookieStoreId, site: tab?.url === undefined ? null : schemefulSite(tab.url) };
}

/**
 * The Cookie field that the inspected page's own request to the URL would carry: HttpOnly, SameSite and partitioned
 * cookies included, from the tab's own container or private store.
 * @returns null when there is none
 */
export async function browserCookieField(url: string, inspectedTab: number | null): Promise<string | null> {
  const { storeId, site } = await contextOf(inspectedTab);
  const cookies = await browser.cookies.getAll({
    url,
    // An empty key asks for partitioned cookies too, of every top-level site.
    partitionKey: {},
    ...(storeId !== undefined && { storeId }),
  });
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

/** One Cookie field of two: cookies received during the exchange replace the browser's of the same name. */
export function mergeCookieFields(fromBrowser: string | null, received: string | null): string | null {
  if (fromBrowser === null || received === null) return fromBrowser ?? received;
  const nameOf = (pair: string): string => pair.slice(0, pair.indexOf('='));
  const fresh = received.split('; ');
  const names = new Set(fresh.map(nameOf));
  return [...fromBrowser.split('; ').filter((pair) => !names.has(nameOf(pair))), ...fresh].join('; ');
}

/** Writes the cookies of Set-Cookie lines into the browser's own jar; what RFC 6265 rejects is not written. */
export async function storeInBrowser(
  lines: readonly string[],
  url: string,
  inspectedTab: number | null,
): Promise<void> {
  const { storeId, site } = await contextOf(inspectedTab);
  for (const line of lines) {
    const jar = new CookieJar();
    jar.extract([line], url);
    const partitioned = /;\s*partitioned\s*(;|$)/i.test(line);
    for (const cookie of jar) {
      await browser.cookies.set({
        url,
        name: cookie.name,
        value: cookie.value,
        path: cookie.path,
        secure: cookie.secure,
        httpOnly: cookie.httpOnly,
        ...(!cookie.hostOnly && { domain: cookie.domain }),
        ...(cookie.sameSite !== undefined && { sameSite: sameSite[cookie.sameSite] }),
        ...(cookie.expires !== null && { expirationDate: cookie.expires / 1000 }),
        ...(storeId !== undefined && { storeId }),
        ...(partitioned && site !== null && { partitionKey: { topLevelSite: site } }),
      });
    }
  }
}

const sameSite: Readonly<Record<'Strict' | 'Lax' | 'None', Cookies.SameSiteStatus>> = {
  Strict: 'strict',
  Lax: 'lax',
  None: 'no_restriction',
};
