import * as v from 'valibot';
import { exchangeErrorSchema, type ExchangeUpdate, type ResponseHead } from '../model/exchange.ts';
import { maskTokens, maskUrl } from '../model/secrets.ts';

/** How an exchange ended, without its response: what is remembered of it outside databases. No secret is in it. */
export const outcomeSchema = v.object({
  /** null when no response came. */
  status: v.nullable(v.number()),
  reason: v.string(),
  url: v.string(),
  elapsed: v.number(),
  duration: v.number(),
  error: v.nullable(exchangeErrorSchema),
});
export type Outcome = v.InferOutput<typeof outcomeSchema>;

export function outcomeOf(updates: readonly ExchangeUpdate[]): Outcome {
  const head = updates.findLast((update) => update.kind === 'head');
  const end = updates.findLast((update) => update.kind === 'end');
  const { status, reason, url } = head?.response ?? { status: null, reason: '', url: '' };
  const { elapsed = 0, duration = 0, error = null } = end ?? {};
  const masked = error === null ? null : { ...error, message: maskTokens(maskUrl(error.message)) };
  return { status, reason, url: maskUrl(url), elapsed, duration, error: masked };
}

/** What is left of a response of which only the outcome is known. */
export function headOf({ status, reason, url }: Outcome): ResponseHead | null {
  if (status === null) return null;
  const ok = status < 400 || status >= 600;
  return { status, reason, ok, url, httpVersion: null, headers: [], encoding: null };
}
