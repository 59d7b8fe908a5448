/** How the runner and the handlers of the areas meet. */

/** One case of a vector file, decoded (see values.ts). */
export interface VectorCase {
  readonly id: string;
  readonly area: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
  /** exact: Requests' value. divergence: our documented rule instead. superset: beyond Requests, the RFC's value. */
  readonly policy: 'exact' | 'divergence' | 'superset';
  readonly applies: 'direct' | 'semantic' | 'optional';
  /** Everything else that the file says of the case (`compare`, `whatwg_href`, `note` …). */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** A documented difference from Requests, and what it makes of one case. */
export interface Divergence {
  readonly rule: string;
  readonly expected: unknown;
}

export interface Area {
  /** Does the case with our engine. What it gives is compared with `expected`; what it throws counts as raised. */
  run: (input: VectorCase['input'], c: VectorCase) => unknown;
  /** Our rule for a `divergence` case, computed from the case; undefined when no documented rule covers it. */
  divergence?: (input: VectorCase['input'], c: VectorCase) => Divergence | undefined;
  /** Why an `optional` case has no counterpart here; undefined when it has one. Other cases are never left out. */
  leftOut?(input: VectorCase['input'], c: VectorCase): string | undefined;
  /** Where equality is not enough (a header compared as a set of parameters). Default: `matches`. */
  compare?: (actual: unknown, expected: unknown, c: VectorCase) => boolean;
}

export type Areas = Readonly<Record<string, Area>>;
