import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ViewSpec } from '../../workers/body-messages.ts';
import { openView, type OpenView } from './open-view.ts';

export interface ShownView {
  readonly spec: ViewSpec;
  readonly view: OpenView;
}

/**
 * Opens a view, and another one when the spec changes; the one before stays until the new one has something to show.
 * @param exchange whose body it is: JSON that came in part stays until the whole of it was read
 */
export function useOpenView(spec: ViewSpec | null, exchange: number | null): ShownView | null {
  const [shown, setShown] = useState<ShownView | null>(null);
  const kept = useRef<(ShownView & { readonly exchange: number | null }) | null>(null);
  useEffect(() => {
    if (spec === null) {
      kept.current?.view.close();
      kept.current = null;
      setShown(null);
      return undefined;
    }
    const view = openView(spec);
    const before = kept.current;
    const waits = spec.kind === 'json' && before?.spec.kind === 'json' && before.exchange === exchange;
    const stop = effect(() => {
      const state = view.state.value;
      const hasRows = state !== null && (state.done || !waits);
      if (!(hasRows || view.failure.value !== null) || kept.current?.view === view) return;
      kept.current?.view.close();
      kept.current = { spec, view, exchange };
      setShown(kept.current);
    });
    return () => {
      stop();
      if (kept.current?.view !== view) view.close();
    };
  }, [spec]);
  useEffect(() => () => kept.current?.view.close(), []);
  return shown;
}
