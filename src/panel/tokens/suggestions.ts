import { MASK } from '../../model/secrets.ts';
import { dynamicExamples } from '../../variables/dynamic-names.ts';
import { listVariables, type VariableScope } from '../../variables/scopes.ts';

/** Something that can be written between the braces. */
export interface Suggestion {
  readonly name: string;
  /** As it may be shown. */
  readonly value: string;
  /** Where it comes from. */
  readonly origin: string;
}

/** Begun and not closed before the caret: the braces' offset and what follows them. */
export interface Begun {
  readonly start: number;
  readonly typed: string;
}

const BEGUN = /\{\{\s*([^{}\r\n]{0,100})$/;

export function begunToken(text: string, caret: number): Begun | null {
  const before = text.slice(Math.max(0, caret - 120), caret);
  const match = BEGUN.exec(before);
  if (match === null) return null;
  return { start: caret - match[0].length, typed: match[1] ?? '' };
}

/** What fits, those first that begin with what was typed. @param scopes the weakest first */
export function suggest(scopes: readonly VariableScope[], typed: string, dynamic: string): Suggestion[] {
  const all = [
    ...listVariables(scopes).map(({ name, variable, scope }) => ({
      name,
      value: shownValue(variable),
      origin: scope.label,
    })),
    ...dynamicExamples.map((name) => ({ name, value: '', origin: dynamic })),
  ];
  const wanted = typed.toLowerCase();
  const fitting = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  const first = fitting.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  return [...first, ...fitting.filter((one) => !first.includes(one))];
}

export function shownValue({ value, secret }: { readonly value: string; readonly secret: boolean }): string {
  return secret && value !== '' ? MASK : value;
}
