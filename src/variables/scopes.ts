import type { Variable } from '../model/environment.ts';

/** Variables that count together. Of scopes in a list the later ones win. */
export interface VariableScope {
  /** `global`, `environment`, `collection`, `request` or any other that a caller adds. */
  readonly id: string;
  /** For people: the environment's name, say. */
  readonly label: string;
  readonly variables: ReadonlyMap<string, ScopedVariable>;
}

export type ScopedVariable = Pick<Variable, 'value' | 'secret' | 'literal'>;

export interface FoundVariable {
  readonly variable: ScopedVariable;
  readonly scope: VariableScope;
}

/** A scope out of rows as they are edited: those that are switched off or have no name do not count, of two the later one does. */
export function scopeOf(id: string, label: string, rows: readonly Variable[]): VariableScope {
  const named = rows.filter((row) => row.enabled && row.name.trim() !== '');
  return { id, label, variables: new Map(named.map((row) => [row.name.trim(), row])) };
}

/** @param scopes the weakest first */
export function findVariable(scopes: readonly VariableScope[], name: string): FoundVariable | null {
  for (const scope of scopes.toReversed()) {
    const variable = scope.variables.get(name);
    if (variable !== undefined) return { variable, scope };
  }
  return null;
}

/** Every name that can be used, in alphabetical order, with the variable that counts. @param scopes the weakest first */
export function listVariables(scopes: readonly VariableScope[]): (FoundVariable & { readonly name: string })[] {
  const all = new Map<string, FoundVariable>();
  for (const scope of scopes) for (const [name, variable] of scope.variables) all.set(name, { variable, scope });
  return [...all].map(([name, found]) => ({ name, ...found })).sort((a, b) => a.name.localeCompare(b.name));
}
