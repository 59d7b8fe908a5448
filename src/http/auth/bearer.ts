import type { PreparedRequest } from '../prepared-request.ts';
import { AuthBase } from './auth-base.ts';

/** Bearer tokens (RFC 6750 §2.1). Not in Requests, where one writes the field oneself. */
export class HTTPBearerAuth extends AuthBase {
  readonly #token: string | (() => Promise<string>);

  /** @param token The token, or what gets it anew for each request. */
  constructor(token: string | (() => Promise<string>)) {
    super();
    this.#token = token;
  }

  /** Sets Authorization. @throws whatever getting the token throws */
  async apply(r: PreparedRequest): Promise<PreparedRequest> {
    const token = typeof this.#token === 'string' ? this.#token : await this.#token();
    r.headers.set('Authorization', `Bearer ${token}`);
    return r;
  }
}
