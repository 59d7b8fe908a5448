import { signal, type Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

/** Something that stands in the place of the request for a while; the response side stays. */
export interface Over {
  /** What the switch between the two sides calls it. */
  readonly label: string;
  readonly content: (controls: OverControls) => ComponentChildren;
}

export interface OverControls {
  /** Shows the response side, where only one of the two can be seen. */
  showResponse(): void;
}

/** What stands over the request; null: nothing does. */
export type OverSlot = Signal<Over | null>;

export const createOverSlot = (): OverSlot => signal<Over | null>(null);
