import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { ViewSpec } from '../../workers/body-messages.ts';
import { openView, type OpenView } from './open-view.ts';

export interface ShownView {
  readonly spec: ViewSpec;
  readonly view: OpenView;
}

/** Opens a view, and another one when the spec changes; the one before stays until the new one has something to show. */
export function useOpenView(spec: ViewSpec | null): ShownView | null {
  const [shown, setShown] = useState<ShownView | null>(null);
  useEffect(() => {
    if (spec === null) {
      setShown(null);
      return undefined;
    }
    const view = openView(spec);
    const stop = effect(() => {
      if (view.state.value !== null || view.failure.value !== null) setShown({ spec, view });
    });
    return () => {
      stop();
      view.close();
    };
  }, [spec]);
  return shown;
}
