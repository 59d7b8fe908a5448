import { signal, type Signal } from '@preact/signals';
import type { builtInNames, Find, VaryMode, VaryPlan, VaryValues } from '../../../model/batch.ts';
import type { RequestSpec } from '../../../model/request-spec.ts';
import { countCombinations } from './combine.ts';
import type { Encoder } from './encoders.ts';
import { findProblem } from './finds.ts';
import type { Position } from './template.ts';
import { openValues, valuesFromText } from './value-lists.ts';

export const valueSources = ['list', 'range', 'file', 'built-in'] as const;
export type ValueSource = (typeof valueSources)[number];
type BuiltIn = (typeof builtInNames)[number];

/** The values of one position, as they are typed. */
export interface TypedValues {
  readonly source: ValueSource;
  readonly list: string;
  readonly from: string;
  readonly to: string;
  readonly step: string;
  readonly width: string;
  readonly file: { readonly name: string; readonly text: string } | null;
  readonly builtIn: BuiltIn;
  readonly encoder: Encoder;
}

/** How a request is to be varied, as it is typed. */
export interface TypedVary {
  readonly mode: VaryMode;
  readonly positions: readonly TypedValues[];
  readonly finds: readonly Find[];
}

/** What has been typed for each open request, as long as the panel is there. */
const typedBefore = new Map<string, Signal<TypedVary>>();

export function typedVary(tab: string, positions: readonly Position[], template: RequestSpec): Signal<TypedVary> {
  const known = typedBefore.get(tab) ?? signal<TypedVary>({ mode: 'single', positions: [], finds: [] });
  typedBefore.set(tab, known);
  const before = known.value;
  known.value = {
    ...before,
    positions: positions.map((position, at) => before.positions[at] ?? fresh(position, template)),
  };
  return known;
}

const fresh = ({ place }: Position, { headers, body }: RequestSpec): TypedValues => ({
  source: 'list',
  list: '',
  from: '1',
  to: '10',
  step: '1',
  width: '0',
  file: null,
  builtIn: place === 'method' ? 'methods' : 'blanks',
  encoder: place === 'url' ? 'url' : place === 'body' && isJson(headers, body) ? 'json' : 'none',
});

function isJson(headers: RequestSpec['headers'], body: RequestSpec['body']): boolean {
  const field = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return /\bjson\b/i.test(field ?? ('contentType' in body ? (body.contentType ?? '') : ''));
}

/** The values as they are typed; null: something is wrong with a number. */
export function readValues(typed: TypedValues): VaryValues | null {
  switch (typed.source) {
    case 'list':
      return { source: 'list', values: typed.list === '' ? [] : valuesFromText(typed.list) };
    case 'file':
      return { source: 'list', values: typed.file === null ? [] : valuesFromText(typed.file.text) };
    case 'built-in':
      return { source: 'built-in', list: typed.builtIn };
    case 'range': {
      const [from, to, step] = [typed.from, typed.to, typed.step].map(readNumber);
      if (from == null || to == null || step == null || !isWidth(typed.width)) return null;
      return { source: 'range', from, to, step, width: Number(typed.width) };
    }
  }
}

export const isWidth = (text: string): boolean => /^\d{1,2}$/.test(text.trim()) && Number(text) <= 20;

export function readNumber(text: string): number | null {
  return /^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : null;
}

/** The plan that is typed, and how many requests it makes; null: it is not sound yet. */
export function readVary(typed: TypedVary, template: RequestSpec): { plan: VaryPlan | null; count: number } {
  const { mode, finds } = typed;
  const first = typed.positions[0];
  const positions = typed.positions.flatMap((position) => {
    // There is one list then, and each position encodes it in its own way.
    const values = readValues(mode === 'same' && first !== undefined ? first : position);
    return values === null ? [] : [{ values, encoder: position.encoder }];
  });
  const count = countCombinations(
    mode,
    positions.map(({ values }) => openValues(values).count),
  );
  const sound = finds.filter(({ text }) => text !== '');
  const isSound = positions.length === typed.positions.length && count > 0 && sound.every((find) => !findProblem(find));
  return { plan: isSound ? { kind: 'vary', template, mode, positions, finds: sound } : null, count };
}
