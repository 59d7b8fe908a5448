import type { ExchangeSnapshot } from '../../state/exchange.ts';
import type { ResponseState } from '../response-state.ts';
import { useBodySource } from './body-source.ts';
import { LoadedBody } from './loaded-body.tsx';
import { NoBody } from './no-body.tsx';

/** A body as far as it has come. */
export function BodyView({ snapshot, state }: { snapshot: ExchangeSnapshot; state: ResponseState }) {
  const source = useBodySource(snapshot);
  return source === null ? (
    <NoBody snapshot={snapshot} />
  ) : (
    <LoadedBody source={source} snapshot={snapshot} state={state} />
  );
}
