import { signal, type ReadonlySignal } from '@preact/signals';
import { parseSetCookie } from '../../inspect/cookie-fields.ts';
import type { BodyFinding } from '../../inspect/extract.ts';
import type { Extraction } from '../../model/draft.ts';
import { GLOBALS } from '../../model/environment.ts';
import { isSecretName, maskTokens } from '../../model/secrets.ts';
import { strings } from '../strings.ts';
import type { EnvironmentStore } from './environments.ts';
import type { ExchangeSnapshot } from './exchange.ts';
import type { FindInBody } from './find-in-body.ts';

const words = strings.extract;

/** What became of one row. */
export type Taken =
  | {
      readonly ok: true;
      readonly name: string;
      readonly value: string;
      readonly secret: boolean;
      /** The set of variables that has it now. */
      readonly into: string;
      readonly count: number;
    }
  | { readonly ok: false; readonly name: string; readonly problem: string };

/** What was taken out of one response; `rows` is null while it is being read. */
export interface TakenState {
  readonly of: ExchangeSnapshot;
  readonly rows: readonly Taken[] | null;
}

export const isLive = (row: Extraction): boolean => row.enabled && row.name.trim() !== '' && row.value !== '';

export interface ExtractionStore {
  /** By the exchange that it was taken from; null when nothing was. */
  readonly latest: ReadonlySignal<ReadonlyMap<string, TakenState>>;
  /**
   * Takes what a request wants out of its response and gives it to the variables. @param key under which it is shown
   * @param environment the one that was chosen when it was sent; without one, globals take its place
   */
  take(key: string, snapshot: ExchangeSnapshot, environment: string | null): Promise<readonly Taken[]>;
}

export function createExtractions(environments: EnvironmentStore, find: FindInBody): ExtractionStore {
  const latest = signal<ReadonlyMap<string, TakenState>>(new Map());
  const show = (key: string, state: TakenState): void => {
    latest.value = new Map(latest.peek()).set(key, state);
  };

  return {
    latest,
    async take(key, snapshot, environment) {
      const wanted = (snapshot.composed?.extract ?? []).filter(isLive);
      if (wanted.length === 0) return [];
      show(key, { of: snapshot, rows: null });
      const findings = await findAll(wanted, snapshot, find);
      const rows = wanted.map((row, index) => keep(row, findings[index] ?? 'failed'));
      if (latest.peek().get(key)?.of === snapshot) show(key, { of: snapshot, rows });
      return rows;

      function keep(row: Extraction, finding: BodyFinding | 'slow' | 'failed'): Taken {
        const name = row.name.trim();
        if (typeof finding === 'string' || !finding.ok) return { ok: false, name, problem: inWords(row, finding) };
        const { value, count } = finding;
        const known = row.into === 'environment' && environments.all.peek().find(({ id }) => id === environment);
        const secret = looksSecret(row, value);
        environments.put(known ? known.id : GLOBALS, name, { value, secret, literal: true });
        return { ok: true, name, value, secret, count, into: known ? known.name : strings.environments.globals };
      }
    },
  };
}

async function findAll(
  rows: readonly Extraction[],
  snapshot: ExchangeSnapshot,
  find: FindInBody,
): Promise<(BodyFinding | 'slow' | 'failed')[]> {
  const queries = rows.flatMap(({ from, value }) =>
    from === 'json' || from === 'regex' ? [{ from, what: value }] : [],
  );
  const contentType = valuesOf(snapshot, 'content-type').at(-1) ?? null;
  const inBody = queries.length === 0 ? [] : await find({ blob: snapshot.body ?? new Blob([]), contentType }, queries);
  let next = 0;
  return rows.map(({ from, value }) => {
    if (from === 'json' || from === 'regex') return inBody[next++] ?? 'failed';
    return from === 'header' ? fromValues(valuesOf(snapshot, value)) : fromValues(cookiesOf(snapshot, value));
  });
}

function fromValues(values: readonly string[]): BodyFinding {
  const [value] = values;
  if (value === undefined) return { ok: false, code: 'nothing', message: '' };
  return { ok: true, value, count: values.length };
}

const valuesOf = ({ head }: ExchangeSnapshot, name: string): string[] =>
  (head?.headers ?? [])
    .filter(([field]) => field.toLowerCase() === name.trim().toLowerCase())
    .map(([, value]) => value);

/** Of all hops, since a login often sets its cookie on the way; the one that was set last counts. */
function cookiesOf({ hops }: ExchangeSnapshot, name: string): string[] {
  const set = hops.flatMap(({ cookies }) => cookies.map(({ line }) => parseSetCookie(line)));
  return set
    .filter((cookie) => cookie.name === name.trim())
    .map(({ value }) => value)
    .slice(-1);
}

/** By the variable's name, by that of what was taken, or by its looks. A session cookie is a credential. */
function looksSecret({ name, from, value: what }: Extraction, value: string): boolean {
  const last = /([\w-]+)\W*$/.exec(what)?.[1] ?? '';
  return (
    isSecretName(name) ||
    from === 'cookie' ||
    isSecretName(from === 'header' ? what : last) ||
    maskTokens(value) !== value
  );
}

function inWords({ from, value }: Extraction, finding: Exclude<BodyFinding, { ok: true }> | 'slow' | 'failed'): string {
  const { problems } = words;
  if (finding === 'slow') return problems.slow;
  if (finding === 'failed') return problems.unreadable;
  switch (finding.code) {
    case 'nothing':
      return problems.nothing[from](value);
    case 'too-large':
      return problems['too-large'];
    case 'path':
    case 'pattern':
    case 'not-json':
    case 'limit':
      break;
  }
  return problems[finding.code](finding.message);
}
