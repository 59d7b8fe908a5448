import { useEffect, useState } from 'preact/hooks';
import type { StreamRow } from '../../../inspect/stream/stream-row.ts';
import type { OpenStream } from './open-stream.ts';

export interface FetchedRows {
  readonly from: number;
  readonly rows: readonly StreamRow[];
}

const NONE: FetchedRows = { from: 0, rows: [] };

/**
 * The rows of a part of a stream; the ones before stay until the new ones are there.
 * @param growth changes whenever a row that is fetched already may have grown
 */
export function useStreamRows(stream: OpenStream, from: number, to: number, growth: unknown): FetchedRows {
  const [fetched, setFetched] = useState(NONE);
  const version = stream.version.value;
  useEffect(() => {
    let wanted = true;
    const take = (rows: FetchedRows['rows']): void => {
      if (wanted) setFetched({ from, rows });
    };
    // A stream that cannot be read says so through `failure`.
    stream.rows(from, to).then(take, () => {});
    return () => {
      wanted = false;
    };
  }, [stream, from, to, version, growth]);
  return fetched;
}
