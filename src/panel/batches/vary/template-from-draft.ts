import type { Draft } from '../../../model/draft.ts';
import type { ExchangeError } from '../../../model/exchange.ts';
import type { RequestSpec } from '../../../model/request-spec.ts';
import type { ReadRequest } from '../../state/request-from-draft.ts';
import { withoutMarks } from './marks.ts';

export type ReadTemplate =
  | { readonly ok: true; readonly template: RequestSpec }
  | { readonly ok: false; readonly error: ExchangeError };

/**
 * Reads a draft with marked positions into a Request that still has them. Unvaried it must be as sound as any other;
 * what the values make of it is sent as it is, broken JSON included.
 */
export function templateFromDraft(draft: Draft, read: (draft: Draft) => ReadRequest): ReadTemplate {
  const { body } = draft;
  const plain = read({
    ...draft,
    body: {
      ...body,
      json: withoutMarks(body.json),
      graphql: { ...body.graphql, variables: withoutMarks(body.graphql.variables) },
    },
  });
  if (!plain.ok) return plain;
  const isJson = body.type === 'json' && plain.request.body.kind === 'text';
  const marked = read(isJson ? { ...draft, body: { ...body, type: 'text', text: body.json } } : draft);
  if (!marked.ok) return marked;
  const template = marked.request;
  if (template.body.kind !== 'text') return { ok: true, template };
  const contentType = isJson && plain.request.body.kind === 'text' ? plain.request.body.contentType : null;
  return {
    ok: true,
    template: {
      ...template,
      body: { ...template.body, contentType: contentType ?? template.body.contentType, json: false },
    },
  };
}
