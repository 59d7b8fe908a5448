import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';

/** Why there is nothing to look at. */
export function emptyWords({ state, head, hops, prepared, error }: ExchangeSnapshot): string {
  const words = strings.response.body.empty;
  if (head === null) {
    if (state === 'running') return words.waiting;
    return prepared === null || error?.code === 'permission' || error?.code === 'unsupported'
      ? words.unsent
      : words.none;
  }
  const hop = hops.at(-1);
  if (hop?.request.method === 'HEAD') return words.head;
  if (head.status === 204 || head.status === 205 || head.status === 304) return words.status(head.status);
  if (hop?.bodyUnavailable === true) return words.redirect;
  return state === 'running' ? words.waiting : words.zero;
}
