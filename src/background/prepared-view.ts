import type { Body, HeaderLine } from '../http/types.ts';
import type { BodyView, PreparedView } from '../model/exchange.ts';

/** How much of a body the panel shows beside the fields. */
const HEAD_BYTES = 64 * 1024;

/** A prepared request or one hop of it, as the panel shows it. */
export async function preparedView(request: {
  method: string;
  url: string;
  headers: Iterable<HeaderLine>;
  body: Body;
}): Promise<PreparedView> {
  return {
    method: request.method,
    url: request.url,
    target: requestTarget(request.url),
    headers: Array.from(request.headers, ([name, value]): [string, string] => [name, value]),
    body: await bodyView(request.body),
  };
}

/** RFC 9112 3.2.1, origin form: what stands on the request line. */
function requestTarget(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

async function bodyView(body: Body): Promise<BodyView> {
  switch (body.kind) {
    case 'none':
      return { kind: body.kind, size: 0, head: new Uint8Array(0) };
    case 'bytes':
      return { kind: body.kind, size: body.bytes.byteLength, head: body.bytes.slice(0, HEAD_BYTES) };
    case 'blob': {
      const head = new Uint8Array(await body.blob.slice(0, HEAD_BYTES).arrayBuffer());
      return { kind: body.kind, size: body.blob.size, head };
    }
    case 'stream':
      return { kind: body.kind, size: body.length, head: new Uint8Array(0) };
  }
}
