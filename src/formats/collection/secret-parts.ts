import type { NodeContent } from '../../model/collection.ts';
import type { Variable } from '../../model/environment.ts';
import type { Draft } from '../../model/draft.ts';
import { isSecretName, MASK, maskField, maskTokens } from '../../model/secrets.ts';

/**
 * What a node holds, without what is secret in it: credentials, values of secret fields and parameters, tokens that are
 * known by their looks. A value that only names a `{{variable}}` is no secret. What is gone is empty, so that nothing is
 * sent in its place by mistake.
 */
export function withoutSecrets<C extends NodeContent>(content: C, marked: readonly string[]): C {
  const rows = <R extends { name: string; value: string }>(list: readonly R[]): R[] =>
    list.map((row) => ({ ...row, value: cleanValue(row.name, row.value, marked) }));
  const auth = <A extends Draft['auth']>(given: A): A => ({
    ...given,
    password: onlyNames(given.password),
    token: onlyNames(given.token),
    headerValue: onlyNames(given.headerValue),
  });
  const variables = (list: readonly Variable[]): Variable[] =>
    list.map((row) => ({ ...row, value: row.secret ? '' : cleanValue(row.name, row.value, marked) }));
  if (content.kind === 'folder') {
    return {
      ...content,
      auth: content.auth === null ? null : auth(content.auth),
      headers: rows(content.headers),
      params: rows(content.params),
      variables: variables(content.variables),
    };
  }
  const { draft } = content;
  const { body } = draft;
  return {
    ...content,
    draft: {
      ...draft,
      url: cleanUrl(draft.url, marked),
      params: rows(draft.params),
      headers: rows(draft.headers),
      auth: auth(draft.auth),
      variables: variables(draft.variables),
      body: {
        ...body,
        json: cleanText(body.json, marked),
        text: cleanText(body.text, marked),
        form: rows(body.form),
        multipart: rows(body.multipart),
        graphql: {
          ...body.graphql,
          query: cleanText(body.graphql.query, marked),
          variables: cleanText(body.graphql.variables, marked),
        },
      },
    },
    examples: content.examples.map((example) => ({
      ...example,
      headers: example.headers.map(([name, value]): [string, string] => [
        name,
        emptied(maskField(name, value, marked)),
      ]),
      body: example.encoding === 'text' ? cleanText(example.body, marked) : example.body,
    })),
  };
}

const VARIABLE = /\{\{[^{}]*\}\}/g;

/** The value, if all that it holds are names of variables, beside the scheme of a credential; else nothing. */
function onlyNames(value: string): string {
  const rest = value.replaceAll(VARIABLE, '').trim();
  return rest === '' || /^(?:Basic|Bearer|Digest|Token)$/i.test(rest) ? value : '';
}

function cleanValue(name: string, value: string, marked: readonly string[]): string {
  return isSecretName(name, marked) ? onlyNames(value) : cleanText(value, marked);
}

function cleanUrl(url: string, marked: readonly string[]): string {
  const withoutUser = url.replace(/^([a-z][a-z\d+.-]*:\/\/)([^/?#@]*)@/i, (all, scheme: string, user: string) =>
    onlyNames(user.replace(':', '')) === '' ? scheme : all,
  );
  const pairs = withoutUser.replaceAll(
    /([?#&;])([^=&;#]+)=([^&;#]*)/g,
    (all, mark: string, name: string, value: string) =>
      isSecretName(decoded(name), marked) ? `${mark}${name}=${onlyNames(value)}` : all,
  );
  return emptied(maskTokens(pairs));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** A text that may be JSON, or hold tokens. */
function cleanText(text: string, marked: readonly string[]): string {
  const members = text.replaceAll(
    /("((?:[^"\\]|\\.)*)"\s*:\s*")((?:[^"\\]|\\.)*)(?=")/g,
    (all, start: string, name: string, value: string) => (isSecretName(name, marked) ? start + onlyNames(value) : all),
  );
  return /^[a-z][a-z\d+.-]*:\/\//i.test(members) ? cleanUrl(members, marked) : emptied(maskTokens(members));
}

const emptied = (masked: string): string => masked.replaceAll(MASK, '');
