import type { Field, Schema } from './schema.ts';

export interface Completion {
  /** What is put in for the word at the caret. */
  readonly text: string;
  /** Its type, as in a schema. */
  readonly type: string;
}

export interface Completions {
  /** Where the word at the caret begins. */
  readonly from: number;
  readonly list: readonly Completion[];
}

const TOKEN = /"""[^]*?(?:"""|$)|"(?:[^"\\\n]|\\.)*(?:"|$)|#[^\n]*|\.\.\.|[A-Za-z_]\w*|[^\s,]/g;
const WORD = /[A-Za-z_]\w*$/;
const MOST = 50;

interface Level {
  /** Fields that may stand here; null where the type is not known. */
  readonly fields: readonly Field[] | null;
  last: Field | null;
  /** Set by `... on Type`, for the set that follows. */
  condition: string | null;
}

/** What may stand at the caret: fields of the type, or arguments of the field. */
export function complete(schema: Schema, text: string, caret: number): Completions {
  const word = WORD.exec(text.slice(0, caret))?.[0] ?? '';
  const from = caret - word.length;
  const choices = choicesAt(schema, text.slice(0, from));
  const lower = word.toLowerCase();
  const list = choices.filter(({ text: name }) => name !== word && name.toLowerCase().startsWith(lower)).slice(0, MOST);
  return { from, list };
}

function choicesAt(schema: Schema, before: string): Completion[] {
  const levels: Level[] = [];
  const fieldsOf = (type: string | null): readonly Field[] | null =>
    type === null ? null : (schema.types.get(type) ?? null);
  let root: string | null = schema.roots.query;
  let parentheses = 0;
  /** Inside of an argument list a name before a colon is an argument, one behind it a value. */
  let afterColon = false;
  let previous = '';
  for (const [token] of before.matchAll(TOKEN)) {
    if (token.startsWith('#')) continue;
    const level = levels.at(-1);
    if (token === '(') parentheses++;
    else if (token === ')') parentheses = Math.max(0, parentheses - 1);
    else if (parentheses > 0) {
      // Values hold braces and names of their own.
    } else if (token === '{') {
      const type = level === undefined ? root : (level.condition ?? level.last?.of ?? null);
      levels.push({ fields: fieldsOf(type), last: null, condition: null });
    } else if (token === '}') {
      levels.pop();
      if (levels.length === 0) root = schema.roots.query;
      const parent = levels.at(-1);
      if (parent !== undefined) parent.condition = null;
    } else if (level === undefined) {
      if (token === 'query' || token === 'mutation' || token === 'subscription') root = schema.roots[token];
      else if (previous === 'on') root = token;
    } else if (previous === 'on' && level.condition === '') level.condition = token;
    else if (token === '...') level.condition = '';
    else if (/^[A-Za-z_]/.test(token) && token !== 'on' && previous !== '@') {
      level.condition = null;
      level.last = level.fields?.find(({ name }) => name === token) ?? null;
    }
    afterColon = token === ':' || (afterColon && token !== ',' && parentheses > 0 && /^[[{$]$/.test(token));
    previous = token;
  }
  const level = levels.at(-1);
  if (level === undefined) return [];
  if (parentheses > 0) {
    if (afterColon || previous === ':') return [];
    return (level.last?.args ?? []).map(({ name, type }) => ({ text: name, type }));
  }
  const fields = level.fields ?? [];
  return [...fields.map(({ name, type }) => ({ text: name, type })), { text: '__typename', type: 'String!' }];
}
