import type { Draft, DraftAuth, DraftBody, DraftOptions, Part, Row } from '../../model/draft.ts';
import type { ExchangeError } from '../../model/exchange.ts';
import type { Resolver } from '../../variables/resolver.ts';
import { VariableError } from '../../variables/variable-error.ts';
import { strings } from '../strings.ts';

type Resolve = (text: string) => string;
/** Resolves the texts of one place, which an error then names. */
type At = (place: string) => Resolve;

const { places } = strings.variables;

/** A text of a request cannot be resolved. */
export class UnresolvedError extends Error {
  readonly error: ExchangeError;

  constructor(error: ExchangeError) {
    super(error.message);
    this.error = error;
  }
}

/**
 * The draft with a value for every token in what will be sent; what is switched off, or belongs to another body type, stays.
 * Values go in as if they were typed there: they are encoded, or not, as typed text is.
 * @throws UnresolvedError that names the variable and where it stands
 */
export function resolveDraft(draft: Draft, resolver: Resolver): Draft {
  const at = resolvingAt(resolver);
  return {
    ...draft,
    method: at(places.method)(draft.method),
    url: at(places.url)(draft.url),
    headers: resolveRows(draft.headers, (row) => at(places.header(row.name))),
    body: resolveBody(draft.body, at),
    auth: resolveAuth(draft.auth, at),
    options: resolveOptions(draft.options, at),
  };
}

/**
 * What a session gives its requests, resolved like a draft.
 * @param withAuth the request takes its auth from the session
 * @throws UnresolvedError
 */
export function resolveSession<S extends { headers: Row[]; params: Row[]; auth: DraftAuth }>(
  session: S,
  resolver: Resolver,
  withAuth: boolean,
): S {
  const at = resolvingAt(resolver);
  return {
    ...session,
    headers: resolveRows(session.headers, () => at(places.session)),
    params: resolveRows(session.params, () => at(places.session)),
    auth: withAuth ? resolveAuth(session.auth, () => at(places.session)) : session.auth,
  };
}

function resolvingAt(resolver: Resolver): At {
  return (place) => (text) => {
    try {
      return resolver.resolve(text);
    } catch (error) {
      if (error instanceof VariableError) throw new UnresolvedError(inWords(error, place));
      throw error;
    }
  };
}

function resolveRows<R extends Row | Part>(rows: readonly R[], at: (row: R) => Resolve): R[] {
  return rows.map((row) => (row.enabled ? { ...row, name: at(row)(row.name), value: at(row)(row.value) } : row));
}

function resolveBody(body: DraftBody, at: At): DraftBody {
  const inBody = at(places.body);
  const field = (row: Row | Part): Resolve => at(places.field(row.name));
  switch (body.type) {
    case 'json':
      return { ...body, json: inBody(body.json) };
    case 'text':
      return { ...body, text: inBody(body.text) };
    case 'form':
      return { ...body, form: resolveRows(body.form, field) };
    case 'multipart':
      return {
        ...body,
        multipart: resolveRows(body.multipart, field).map((part) =>
          part.enabled
            ? { ...part, contentType: field(part)(part.contentType), headers: field(part)(part.headers) }
            : part,
        ),
      };
    case 'graphql': {
      const { query, variables, operationName } = body.graphql;
      const graphql = { query: inBody(query), variables: inBody(variables), operationName: inBody(operationName) };
      return { ...body, graphql };
    }
    case 'none':
    case 'file':
      break;
  }
  return body;
}

const authFields = {
  inherit: [],
  none: [],
  basic: ['username', 'password'],
  digest: ['username', 'password'],
  bearer: ['token'],
  custom: ['headerName', 'headerValue'],
} as const;

function resolveAuth(auth: DraftAuth, at: At): DraftAuth {
  const resolved = { ...auth };
  for (const field of authFields[auth.type]) resolved[field] = at(places.auth(strings.auth[field]))(auth[field]);
  return resolved;
}

const textOptions = [
  'connectTimeout',
  'readTimeout',
  'totalTimeout',
  'responseLimit',
  'maxRedirects',
  'retries',
] as const;

function resolveOptions(options: DraftOptions, at: At): DraftOptions {
  const resolved = { ...options };
  for (const option of textOptions) {
    resolved[option] = at(places.option(strings.options[option]))(options[option]);
  }
  return resolved;
}

const NAMES = {
  unresolved: 'UnresolvedVariable',
  cyclic: 'CyclicVariables',
  'unknown-dynamic': 'UnknownVariable',
  argument: 'InvalidVariable',
  'too-large': 'VariableTooLarge',
} as const;

/** As an exchange's error; one that can be helped by defining a variable says which. */
function inWords({ code, variable, trail }: VariableError, place: string): ExchangeError {
  const { problems, throughOthers } = strings.variables;
  const isCyclic = code === 'cyclic';
  const where = trail.length === 0 || isCyclic ? place : throughOthers(place, trail.join(' → '));
  return {
    name: NAMES[code],
    code: code === 'unresolved' ? 'unresolved-variable' : 'invalid-variable',
    message: problems[code](variable, where, [...trail, variable].join(' → ')),
    netError: null,
    ...(code === 'unresolved' && { variable }),
  };
}
