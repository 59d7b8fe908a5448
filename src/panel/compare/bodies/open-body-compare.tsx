import { signal } from '@preact/signals';
import { createContext, type ComponentChildren } from 'preact';
import type { BodyOffers } from './chosen-body.ts';
import { lazyModule } from '../../response/lazy-module.ts';

export const bodyOrigins = ['view', 'captured', 'history', 'file', 'text'] as const;
export type BodyOrigin = (typeof bodyOrigins)[number];
export type BodyPart = 'response' | 'request';

/** Which body is to be compared; `id` where there is a list to choose from. */
export interface NamedBody {
  readonly origin: BodyOrigin;
  readonly id?: string;
}

export interface BodyCompareDoor {
  /** Compares one body, or two, chosen already; what is left out is chosen in the dialog. */
  readonly open: (first: NamedBody, second?: NamedBody) => void;
  readonly dialog: ComponentChildren;
}

/** How a viewer asks for a comparison; null where there is none. */
export const BodyCompareContext = createContext<BodyCompareDoor['open'] | null>(null);

const loader = lazyModule(() => import('./body-compare-dialog.tsx'));

/** The comparison of any two bodies. Nothing of it is loaded before it is asked for. */
export function openBodyCompare(offers: () => BodyOffers): BodyCompareDoor {
  const asked = signal<readonly NamedBody[] | null>(null);
  function Dialog() {
    return asked.value === null ? null : <Asked named={asked.value} />;
  }
  function Asked({ named }: { named: readonly NamedBody[] }) {
    const loaded = loader.use();
    if (loaded === null) return null;
    return <loaded.BodyCompareDialog offers={offers} named={named} onClose={() => (asked.value = null)} />;
  }
  return {
    open: (...named) => {
      asked.value = named.filter((one) => one !== undefined);
    },
    dialog: <Dialog />,
  };
}
