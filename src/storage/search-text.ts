import type { HeaderLines } from '../model/exchange.ts';
import type { RecordedExchange } from '../model/history.ts';
import { maskField, maskTokens, maskUrl } from '../model/secrets.ts';

/** So many bytes of each body, from its beginning, are searched. The panel says so. */
export const SEARCHED_BODY = 16 * 1024;

/** What the search of the history looks through: lower case, without secrets in fields and URLs. */
export interface SearchText {
  /** Method, URLs, status, errors and header fields. */
  readonly fields: string;
  /** The beginning of request and response body, as far as they are text. */
  readonly body: string;
}

export async function searchText(
  exchange: RecordedExchange,
  body: Blob | Uint8Array | null,
  marked: readonly string[],
): Promise<SearchText> {
  const { request, prepared, hops, head, error, lost } = exchange;
  const lines = new Set<string>();
  const addFields = (fields: HeaderLines): void => {
    for (const [name, value] of fields) lines.add(`${name}: ${maskField(name, value, marked)}`);
  };
  if (request !== null) lines.add(`${request.method} ${maskUrl(request.url, marked)}`);
  if (lost !== undefined) lines.add(`${lost.method} ${maskUrl(lost.url, marked)}`);
  if (prepared !== null) lines.add(`${prepared.method} ${maskUrl(prepared.url, marked)}`);
  for (const hop of hops) {
    lines.add(`${hop.request.method} ${maskUrl(hop.request.url, marked)}`);
    addFields(hop.request.headers);
    addFields(hop.sent ?? []);
    if (hop.response !== null) {
      lines.add(`${hop.response.status} ${hop.response.reason}`);
      addFields(hop.response.headers);
    }
    if (hop.ip !== null) lines.add(hop.ip);
  }
  if (head !== null) {
    lines.add(`${head.status} ${head.reason}`);
    addFields(head.headers);
  }
  if (error !== null) lines.add(maskTokens(maskUrl(`${error.name} ${error.netError ?? ''} ${error.message}`, marked)));
  const sent = prepared === null ? '' : textOf(prepared.body.head.subarray(0, SEARCHED_BODY));
  const received = body === null ? '' : await beginningOf(body);
  return { fields: [...lines].join('\n').toLowerCase(), body: `${sent}\n${received}`.trim().toLowerCase() };
}

async function beginningOf(body: Blob | Uint8Array): Promise<string> {
  if (body instanceof Uint8Array) return textOf(body.subarray(0, SEARCHED_BODY));
  try {
    return textOf(new Uint8Array(await body.slice(0, SEARCHED_BODY).arrayBuffer()));
  } catch {
    // A body that cannot be read is not searched; storing it tells.
    return '';
  }
}

/** Text is what holds no NUL; whatever else decodes to nonsense is harmless to look through. */
function textOf(bytes: Uint8Array): string {
  return bytes.includes(0) ? '' : new TextDecoder().decode(bytes);
}
