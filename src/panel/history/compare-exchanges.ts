import { diffResponses, type ResponseBodyFacts, type ResponseDiff } from '../../inspect/response-diff.ts';
import type { ExchangeSnapshot } from '../state/exchange.ts';

/** Bodies up to here are compared; of longer ones the length. Bytes. */
const COMPARED_BODY = 8 * 1024 * 1024;

/** Two exchanges, part by part. `response` is null when one of them had none. */
export interface ExchangeDiff {
  readonly request: ResponseDiff;
  readonly response: ResponseDiff | null;
}

export async function compareExchanges(before: ExchangeSnapshot, after: ExchangeSnapshot): Promise<ExchangeDiff> {
  return {
    // A request is compared like a response whose first fields are its method and URL.
    request: await diffResponses(requestFacts(before), requestFacts(after)),
    response:
      before.head === null || after.head === null
        ? null
        : await diffResponses(await responseFacts(before, before.head), await responseFacts(after, after.head)),
  };
}

/** How much differs, and would not differ every time. */
export const countDifferences = ({ request, response }: ExchangeDiff): number =>
  request.differences + (response?.differences ?? 0);

type Facts = Parameters<typeof diffResponses>[0];

function requestFacts({ prepared, hops }: ExchangeSnapshot): Facts {
  const first = hops[0]?.request ?? prepared;
  if (first === null) return { status: 0, headers: [], body: { state: 'unknown' } };
  const { size, head } = first.body;
  const isWhole = size === null ? head.length > 0 : size === head.length;
  return {
    status: 0,
    headers: [[':method', first.method], [':url', first.url], ...first.headers],
    body: isWhole
      ? { state: 'known', bytes: new Uint8Array(head), isText: false }
      : { state: 'large', size: size ?? 0 },
  };
}

async function responseFacts(
  { body, hops }: ExchangeSnapshot,
  head: NonNullable<ExchangeSnapshot['head']>,
): Promise<Facts> {
  return {
    status: head.status,
    headers: head.headers,
    body: await bodyFacts(body, hops.at(-1)?.bodyUnavailable === true),
  };
}

async function bodyFacts(body: Blob | null, isHidden: boolean): Promise<ResponseBodyFacts> {
  if (body === null || isHidden) return { state: 'unknown' };
  if (body.size > COMPARED_BODY) return { state: 'large', size: body.size };
  return { state: 'known', bytes: new Uint8Array(await body.arrayBuffer()), isText: false };
}
