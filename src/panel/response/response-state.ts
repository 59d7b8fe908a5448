import { signal, type Signal } from '@preact/signals';
import type { Query } from '../../inspect/body-view.ts';
import type { ViewKey } from './body/body-source.ts';

/** `compare` is there when there is something to compare with. */
export const responseTabs = ['body', 'headers', 'cookies', 'sent', 'hops', 'timing', 'compare'] as const;
export type ResponseTab = (typeof responseTabs)[number];

export const viewNames = [
  'events',
  'lines',
  'preview',
  'table',
  'pretty',
  'decoded',
  'json',
  'tree',
  'text',
  'hex',
  'image',
] as const;
export type ViewName = (typeof viewNames)[number];

/** What a person has chosen on the response side; it outlives the exchange that is shown. */
export interface ResponseState {
  readonly tab: Signal<ResponseTab>;
  /** The view chosen for bodies of a kind; none means the kind's own. */
  readonly views: Signal<Partial<Record<ViewKey, ViewName>>>;
  /** A charset chosen for one exchange, told by when it began; it does not fit the next one. */
  readonly charset: Signal<{ readonly startedAt: number | null; readonly name: string } | null>;
  readonly wrap: Signal<boolean>;
  /** Code is coloured. */
  readonly highlight: Signal<boolean>;
  readonly find: Signal<Query & { readonly open: boolean }>;
  /** The filter of JSON. */
  readonly jsonPath: Signal<{ readonly open: boolean; readonly path: string }>;
  readonly headerFilter: Signal<string>;
  /** What each header field means is shown too. */
  readonly headersExplained: Signal<boolean>;
  /** Credentials are to be seen, on screen and in what is copied. */
  readonly secretsShown: Signal<boolean>;
}

export function createResponseState(secretsShown: Signal<boolean> = signal(false)): ResponseState {
  return {
    tab: signal<ResponseTab>('body'),
    views: signal({}),
    charset: signal(null),
    wrap: signal(true),
    highlight: signal(true),
    find: signal({ open: false, text: '', isPattern: false, matchCase: false }),
    jsonPath: signal({ open: false, path: '' }),
    headerFilter: signal(''),
    headersExplained: signal(false),
    secretsShown,
  };
}
