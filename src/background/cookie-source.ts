import { CookieJar } from '../http/cookies.ts';
import type { WireRequest, WireResponse } from '../http/types.ts';
import type { RequestSpec } from '../model/request-spec.ts';
import { browserCookieField, mergeCookieFields, storeInBrowser } from './browser-cookies.ts';

/**
 * Where an exchange's cookies come from and go to. The engine works on `jar`; the browser's own cookies are looked up
 * anew for each hop, since a redirect may lead to another site.
 */
export interface CookieSource {
  readonly jar: CookieJar;
  outgoing(hop: WireRequest): Promise<WireRequest>;
  incoming(hop: WireRequest, response: WireResponse): Promise<void>;
}

/** The session's jar, an empty one, or the browser's cookies in front of an empty one. */
export function cookieSource(spec: RequestSpec, sessionJar: CookieJar, inspectedTab: number | null): CookieSource {
  if (spec.cookies !== 'browser') {
    return {
      jar: spec.cookies === 'session' ? sessionJar : forgetful(),
      outgoing: (hop) => Promise.resolve(hop),
      incoming: () => Promise.resolve(),
    };
  }
  const ownField = spec.headers.some(([name, value]) => name.toLowerCase() === 'cookie' && value !== null);
  let hops = 0;
  return {
    jar: new CookieJar(),
    async outgoing(hop) {
      hops += 1;
      // A Cookie field of the user's own stands on the first hop, as in Requests.
      if (ownField && hops === 1) return hop;
      const own = hop.headers.find(([name]) => name.toLowerCase() === 'cookie')?.[1] ?? null;
      const field = mergeCookieFields(await browserCookieField(hop.url, inspectedTab), own);
      const others = hop.headers.filter(([name]) => name.toLowerCase() !== 'cookie');
      return field === null ? hop : { ...hop, headers: [...others, ['Cookie', field]] };
    },
    async incoming(hop, response) {
      if (!spec.storeBrowserCookies) return;
      const lines = response.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
      await storeInBrowser(lines, hop.url, inspectedTab);
    },
  };
}

/** Requests keeps cookies over the redirects of one call; `None` means none at all. */
function forgetful(): CookieJar {
  const jar = new CookieJar();
  jar.header = () => null;
  return jar;
}
