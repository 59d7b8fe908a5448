import { JsonPathError } from '../../inspect/json-path-ast.ts';
import { parseJsonPath } from '../../inspect/json-path-parse.ts';
import type { Extraction } from '../../model/draft.ts';
import { strings } from '../strings.ts';

const { problems } = strings.extract;

/** What is wrong with what is to be taken, as far as it can be told before there is a response; null when nothing is. */
export function extractionProblem({ from, value }: Extraction): string | null {
  try {
    if (from === 'json') parseJsonPath(value);
    if (from === 'regex') RegExp(value, 'm');
    return null;
  } catch (error) {
    if (error instanceof JsonPathError) return problems.path(error.message);
    if (error instanceof SyntaxError) return problems.pattern(error.message);
    throw error;
  }
}
