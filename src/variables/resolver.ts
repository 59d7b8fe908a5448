import { ArgumentError, dynamicValue, type DynamicSource } from './dynamic.ts';
import { findVariable, type VariableScope } from './scopes.ts';
import { mayHoldTokens, parseTemplate, type DynamicToken, type Piece } from './template.ts';
import { VariableError } from './variable-error.ts';

/** UTF-16 units that a resolved text may have, and how many variables may stand in each other. */
const MAX_LENGTH = 64 * 1024 * 1024;
const MAX_DEPTH = 100;

/**
 * Resolves texts for one sending: a variable is resolved once, so that one which holds `{{$uuid}}` is the same wherever it is
 * used, while `{{$uuid}}` written twice is two of them. Values go in as they are; nothing is quoted or encoded.
 */
export class Resolver {
  private readonly scopes: readonly VariableScope[];
  private readonly source: DynamicSource;
  private readonly known = new Map<string, string>();
  private readonly secrets = new Set<string>();

  /** @param scopes the weakest first */
  constructor(scopes: readonly VariableScope[], source: DynamicSource) {
    this.scopes = scopes;
    this.source = source;
  }

  /** The values of the secret variables that were used so far. */
  get usedSecrets(): ReadonlySet<string> {
    return this.secrets;
  }

  /** @throws VariableError */
  resolve(text: string): string {
    return mayHoldTokens(text) ? this.join(parseTemplate(text), []) : text;
  }

  private join(pieces: readonly Piece[], trail: readonly string[]): string {
    let joined = '';
    for (const piece of pieces) {
      if (piece.kind === 'text') joined += piece.text;
      else joined += piece.kind === 'variable' ? this.variable(piece.name, trail) : this.dynamic(piece, trail);
      if (joined.length > MAX_LENGTH) throw new VariableError('too-large', trail.at(-1) ?? '', trail.slice(0, -1));
    }
    return joined;
  }

  private variable(name: string, trail: readonly string[]): string {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const round = trail.indexOf(name);
    if (round >= 0) throw new VariableError('cyclic', name, trail.slice(round));
    if (trail.length >= MAX_DEPTH) throw new VariableError('too-large', name, trail);
    const found = findVariable(this.scopes, name);
    if (found === null) throw new VariableError('unresolved', name, trail);
    const { value, secret, literal } = found.variable;
    const resolved = literal || !mayHoldTokens(value) ? value : this.join(parseTemplate(value), [...trail, name]);
    if (secret && resolved !== '') this.secrets.add(resolved);
    this.known.set(name, resolved);
    return resolved;
  }

  private dynamic(token: DynamicToken, trail: readonly string[]): string {
    const argument = this.join(token.argument, trail);
    const name = `$${token.name}`;
    try {
      const value = dynamicValue(token.name, argument, this.source);
      if (value === null) throw new VariableError('unknown-dynamic', name, trail);
      return value;
    } catch (error) {
      if (error instanceof ArgumentError) throw new VariableError('argument', name, trail);
      throw error;
    }
  }
}

/**
 * A copy of anything that is made of plain objects, arrays and texts, with the tokens in every text resolved; the names of
 * members, numbers and all else stay. For settings that hold variables wherever a person may type.
 * @throws VariableError
 */
export function resolveAll<T>(value: T, resolver: Pick<Resolver, 'resolve'>): T {
  return walk(value, resolver) as T;
}

function walk(value: unknown, resolver: Pick<Resolver, 'resolve'>): unknown {
  if (typeof value === 'string') return resolver.resolve(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, resolver));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walk(member, resolver)]));
}
