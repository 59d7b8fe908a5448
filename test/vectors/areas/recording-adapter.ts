import { HTTPAdapter } from '../../../src/http/adapters/http-adapter.ts';
import type { PreparedRequest } from '../../../src/http/prepared-request.ts';
import type { Response } from '../../../src/http/response.ts';
import type { SendOptions, Transport } from '../../../src/http/types.ts';

/** Keeps a copy of every prepared request that goes through it. */
export class RecordingAdapter extends HTTPAdapter {
  readonly sent: PreparedRequest[] = [];

  constructor(transport: Transport) {
    super({ transport });
  }

  override send(r: PreparedRequest, options: SendOptions): Promise<Response> {
    this.sent.push(r.copy());
    return super.send(r, options);
  }
}
