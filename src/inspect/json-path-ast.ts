/** A JSONPath query (RFC 9535) as read from its text. */
export interface JsonPath {
  readonly text: string;
  readonly segments: readonly Segment[];
}

export interface Segment {
  readonly kind: 'child' | 'descendant';
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'slice'; readonly start: number | null; readonly end: number | null; readonly step: number }
  | { readonly kind: 'filter'; readonly test: LogicalExpression };

/** `$` begins at the root of the whole, `@` at the value that is tested. */
export interface InnerQuery {
  readonly from: '$' | '@';
  readonly segments: readonly Segment[];
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type LogicalExpression =
  | { readonly kind: 'or' | 'and'; readonly terms: readonly LogicalExpression[] }
  | { readonly kind: 'not'; readonly term: LogicalExpression }
  | { readonly kind: 'exists'; readonly query: InnerQuery }
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator; readonly left: Operand; readonly right: Operand }
  | LogicalCall;

/** Something that has one value, or Nothing (RFC 9535 section 2.4.1). */
export type Operand =
  | { readonly kind: 'scalar'; readonly type: 'number' | 'string' | 'literal'; readonly text: string }
  | { readonly kind: 'singular'; readonly query: InnerQuery }
  | ValueCall;

type ValueCall =
  | { readonly kind: 'length'; readonly of: Operand }
  | { readonly kind: 'count' | 'value'; readonly of: InnerQuery };

export interface LogicalCall {
  readonly kind: 'match' | 'search';
  readonly subject: Operand;
  readonly pattern: Operand;
}

/** `syntax`: the text is no JSONPath. `type`: it is, but a function is used wrongly. `limit`: it asks for too much. */
export type JsonPathErrorCode = 'syntax' | 'type' | 'limit';

/** Why a JSONPath cannot be used. */
export class JsonPathError extends Error {
  readonly code: JsonPathErrorCode;
  /** Where in the text of the path, in UTF-16 units from 0; null when it is about the whole. */
  readonly position: number | null;

  constructor(code: JsonPathErrorCode, message: string, position: number | null = null) {
    super(position === null ? message : `${message}, at character ${position + 1}`);
    this.name = 'JsonPathError';
    this.code = code;
    this.position = position;
  }
}
