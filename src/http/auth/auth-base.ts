import type { PreparedRequest } from '../prepared-request.ts';

/** Base of every authentication scheme. A plain function of the same shape will do as well. */
export abstract class AuthBase {
  /**
   * Signs a request that is prepared but for this: method, URL, headers, cookies and body are final. May register
   * hooks. The returned request's fields become the request's.
   */
  abstract apply(r: PreparedRequest): PreparedRequest | Promise<PreparedRequest>;
}
