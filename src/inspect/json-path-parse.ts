import {
  JsonPathError,
  type ComparisonOperator,
  type InnerQuery,
  type JsonPath,
  type LogicalCall,
  type LogicalExpression,
  type Operand,
  type Segment,
  type Selector,
} from './json-path-ast.ts';
import { JsonPathCursor } from './json-path-cursor.ts';

/** UTF-16 units of a path at most, and how deep parentheses, functions and filters may stand in each other. */
const MAX_LENGTH = 10_000;
const MAX_DEPTH = 50;

const OPERATORS: readonly ComparisonOperator[] = ['==', '!=', '<=', '>=', '<', '>'];
const LITERALS: readonly string[] = ['true', 'false', 'null'];

/**
 * Reads a JSONPath: the whole of RFC 9535, with the functions it defines, and nothing else.
 * @throws JsonPathError with the place of the mistake
 */
export function parseJsonPath(text: string): JsonPath {
  if (text.length > MAX_LENGTH) throw new JsonPathError('limit', `a JSONPath of more than ${MAX_LENGTH} characters`);
  return new Parser(text).whole();
}

type Term =
  | { readonly kind: 'query'; readonly query: InnerQuery }
  | { readonly kind: 'value'; readonly operand: Operand }
  | { readonly kind: 'logical'; readonly call: LogicalCall };

class Parser {
  private readonly cursor: JsonPathCursor;
  private depth = 0;

  constructor(text: string) {
    this.cursor = new JsonPathCursor(text);
  }

  whole(): JsonPath {
    const { cursor } = this;
    if (!cursor.take('$')) cursor.fail('a JSONPath begins with $');
    const segments = this.segments();
    if (!cursor.isAtEnd) cursor.fail('a segment was expected: .name, [...] or ..');
    return { text: cursor.text, segments };
  }

  private segments(): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      const { at } = this.cursor;
      this.cursor.skipSpace();
      const segment = this.segment();
      if (segment === null) {
        // Space belongs to a path only before a segment (RFC 9535 section 2.1.1).
        this.cursor.at = at;
        return segments;
      }
      segments.push(segment);
    }
  }

  private segment(): Segment | null {
    const { cursor } = this;
    if (cursor.take('..')) {
      const selectors = cursor.take('[') ? this.selection() : [this.shorthand()];
      return { kind: 'descendant', selectors };
    }
    if (cursor.take('[')) return { kind: 'child', selectors: this.selection() };
    return cursor.take('.') ? { kind: 'child', selectors: [this.shorthand()] } : null;
  }

  private shorthand(): Selector {
    if (this.cursor.take('*')) return { kind: 'wildcard' };
    const name = this.cursor.name();
    if (name === '') this.cursor.fail("a name or * was expected (other names stand in brackets: ['odd name'])");
    return { kind: 'name', name };
  }

  /** What stands in brackets, after the opening one. */
  private selection(): Selector[] {
    const { cursor } = this;
    const selectors: Selector[] = [];
    do {
      cursor.skipSpace();
      selectors.push(this.selector());
      cursor.skipSpace();
    } while (cursor.take(','));
    if (!cursor.take(']')) cursor.fail('a comma or ] was expected');
    return selectors;
  }

  private selector(): Selector {
    const { cursor } = this;
    if (cursor.isAtString) return { kind: 'name', name: cursor.string() };
    if (cursor.take('*')) return { kind: 'wildcard' };
    if (cursor.take('?')) return { kind: 'filter', test: this.nested(() => this.or()) };
    const start = cursor.integer();
    const { at } = cursor;
    cursor.skipSpace();
    if (cursor.take(':')) return this.slice(start);
    cursor.at = at;
    if (start !== null) return { kind: 'index', index: start };
    return cursor.fail('a selector was expected: a name in quotes, an index, a slice, * or ?filter');
  }

  private slice(start: number | null): Selector {
    const { cursor } = this;
    cursor.skipSpace();
    const end = cursor.integer();
    const { at } = cursor;
    cursor.skipSpace();
    if (!cursor.take(':')) {
      cursor.at = at;
      return { kind: 'slice', start, end, step: 1 };
    }
    const { at: afterColon } = cursor;
    cursor.skipSpace();
    const step = cursor.integer();
    if (step === null) cursor.at = afterColon;
    return { kind: 'slice', start, end, step: step ?? 1 };
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      throw new JsonPathError('limit', `more than ${MAX_DEPTH} levels in each other`, this.cursor.at);
    }
    const result = read();
    this.depth--;
    return result;
  }

  private or(): LogicalExpression {
    return this.terms('or', '||', () => this.and());
  }

  private and(): LogicalExpression {
    return this.terms('and', '&&', () => this.basic());
  }

  private terms(kind: 'or' | 'and', sign: string, read: () => LogicalExpression): LogicalExpression {
    const terms: LogicalExpression[] = [];
    for (;;) {
      this.cursor.skipSpace();
      const term = read();
      terms.push(term);
      const { at } = this.cursor;
      this.cursor.skipSpace();
      if (!this.cursor.take(sign)) {
        this.cursor.at = at;
        return terms.length === 1 ? term : { kind, terms };
      }
    }
  }

  private basic(): LogicalExpression {
    const { cursor } = this;
    if (cursor.take('!')) {
      cursor.skipSpace();
      if (cursor.looksAt('(')) return { kind: 'not', term: this.parentheses() };
      const at = cursor.at;
      return { kind: 'not', term: this.test(this.term(), at) };
    }
    if (cursor.looksAt('(')) return this.parentheses();
    const start = cursor.at;
    const left = this.term();
    const end = cursor.at;
    cursor.skipSpace();
    const operator = OPERATORS.find((sign) => cursor.take(sign));
    if (operator === undefined) {
      cursor.at = end;
      return this.test(left, start);
    }
    cursor.skipSpace();
    const rightStart = cursor.at;
    const right = this.term();
    return {
      kind: 'compare',
      operator,
      left: this.operand(left, start),
      right: this.operand(right, rightStart),
    };
  }

  private parentheses(): LogicalExpression {
    this.cursor.expect('(');
    const inner = this.nested(() => this.or());
    this.cursor.skipSpace();
    if (!this.cursor.take(')')) this.cursor.fail('an operator or ) was expected');
    return inner;
  }

  /** A query, a literal or a function, whatever it is for. */
  private term(): Term {
    const { cursor } = this;
    const from = cursor.take('$') ? '$' : cursor.take('@') ? '@' : null;
    if (from !== null) return { kind: 'query', query: { from, segments: this.nested(() => this.segments()) } };
    if (cursor.isAtString) return value('string', cursor.string());
    const number = cursor.number();
    if (number !== '') return value('number', number);
    const start = cursor.at;
    const name = cursor.functionName();
    if (cursor.looksAt('(')) return this.nested(() => this.call(name, start));
    if (LITERALS.includes(name)) return value('literal', name);
    return cursor.fail('@, $, a function or a literal was expected', start);
  }

  private call(name: string, start: number): Term {
    this.cursor.expect('(');
    const parameters = this.arguments();
    return this.knownCall(name, parameters, start);
  }

  private knownCall(name: string, given: readonly Argument[], start: number): Term {
    const wants = (count: number): void => {
      if (given.length === count) return;
      throw new JsonPathError('type', `${name}() takes ${count === 1 ? 'one argument' : 'two arguments'}`, start);
    };
    const operandAt = (index: number): Operand => {
      const argument = given[index];
      if (argument === undefined) return this.cursor.fail('an argument is missing', start);
      return this.operand(argument.term, argument.at);
    };
    switch (name) {
      case 'length':
        wants(1);
        return { kind: 'value', operand: { kind: name, of: operandAt(0) } };
      case 'count':
      case 'value': {
        wants(1);
        const term = given[0]?.term;
        if (term?.kind === 'query') return { kind: 'value', operand: { kind: name, of: term.query } };
        throw new JsonPathError('type', `${name}() takes a query, like @.name`, given[0]?.at ?? start);
      }
      case 'match':
      case 'search':
        wants(2);
        return { kind: 'logical', call: { kind: name, subject: operandAt(0), pattern: operandAt(1) } };
      default:
        throw new JsonPathError('type', `${name}() is no function of JSONPath`, start);
    }
  }

  private arguments(): Argument[] {
    const { cursor } = this;
    const found: Argument[] = [];
    cursor.skipSpace();
    if (cursor.take(')')) return found;
    do {
      cursor.skipSpace();
      const { at } = cursor;
      found.push({ at, term: this.term() });
      cursor.skipSpace();
    } while (cursor.take(','));
    if (!cursor.take(')')) cursor.fail('a comma or ) was expected');
    return found;
  }

  /** A term that stands alone must be one that is true or false (RFC 9535 section 2.4.3). */
  private test(term: Term, at: number): LogicalExpression {
    if (term.kind === 'query') return { kind: 'exists', query: term.query };
    if (term.kind === 'logical') return term.call;
    const what = term.operand.kind === 'scalar' ? 'a literal' : `the result of ${term.operand.kind}()`;
    throw new JsonPathError('type', `${what} has to be compared with something`, at);
  }

  private operand(term: Term, at: number): Operand {
    if (term.kind === 'value') return term.operand;
    if (term.kind === 'logical') {
      throw new JsonPathError('type', `the result of ${term.call.kind}() cannot be compared or passed on`, at);
    }
    if (!isSingular(term.query)) {
      throw new JsonPathError('type', 'a query that may find several values cannot stand for one', at);
    }
    return { kind: 'singular', query: term.query };
  }
}

interface Argument {
  readonly at: number;
  readonly term: Term;
}

function value(type: 'number' | 'string' | 'literal', text: string): Term {
  return { kind: 'value', operand: { kind: 'scalar', type, text } };
}

function isSingular(query: InnerQuery): boolean {
  return query.segments.every(({ kind, selectors }) => {
    const only = selectors.length === 1 ? selectors[0] : undefined;
    return kind === 'child' && (only?.kind === 'name' || only?.kind === 'index');
  });
}
