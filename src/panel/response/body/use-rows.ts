import { useEffect, useRef, useState } from 'preact/hooks';
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
  const newest = useRef({ asked: 0, taken: 0 });
  useEffect(() => {
    const turn = ++newest.current.asked;
    const take = (rows: FetchedRows['rows']): void => {
      // An answer that others have overtaken is late; one with others behind it is still the best there is.
      if (turn < newest.current.taken) return;
      newest.current.taken = turn;
      setFetched({ from, rows });
    };
    // A view that cannot be read says so through `failure`; one that is closed does not answer.
    view.rows(from, to).then(take, (e) => console.error(String(e)));
  }, [view, from, to, version]);
  return fetched;
}
