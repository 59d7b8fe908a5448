export type VariableErrorCode =
  /** No scope has it. */
  | 'unresolved'
  /** It needs itself. */
  | 'cyclic'
  /** `{{$name}}` that there is not. */
  | 'unknown-dynamic'
  /** A dynamic variable was given what it cannot use. */
  | 'argument'
  /** Too long, or too many in each other. */
  | 'too-large';

/** Why a text cannot be resolved. */
export class VariableError extends Error {
  readonly code: VariableErrorCode;
  /** The variable's name; of a dynamic one with its `$`. */
  readonly variable: string;
  /** The variables through which it came, the one that stands in the text first. Of a cycle, the way round. */
  readonly trail: readonly string[];

  constructor(code: VariableErrorCode, variable: string, trail: readonly string[]) {
    super(`${code}: ${[...trail, variable].join(' → ')}`);
    this.name = 'VariableError';
    this.code = code;
    this.variable = variable;
    this.trail = trail;
  }
}
