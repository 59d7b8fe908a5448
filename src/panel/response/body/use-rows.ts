import { useEffect, useState } from 'preact/hooks';
import type { ViewRow } from '../../../inspect/body-view.ts';
import type { OpenView } from './open-view.ts';

export interface FetchedRows {
  readonly from: number;
  readonly rows: readonly ViewRow[];
}

const NONE: FetchedRows = { from: 0, rows: [] };

/** The rows of a part of a view; the ones before stay until the new ones are there. */
export function useRows(view: OpenView, from: number, to: number): FetchedRows {
  const [fetched, setFetched] = useState(NONE);
  const version = view.version.value;
  useEffect(() => {
    let wanted = true;
    const take = (rows: FetchedRows['rows']): void => {
      if (wanted) setFetched({ from, rows });
    };
    // A view that cannot be read says so through `failure`.
    view.rows(from, to).then(take, () => {});
    return () => {
      wanted = false;
    };
  }, [view, from, to, version]);
  return fetched;
}
