import type { BodySpec, RequestSpec } from '../../../model/request-spec.ts';
import { fillMarks, readMarks, unescapeMarks } from './marks.ts';

/** Where in a request a position stands. */
export type Place = 'method' | 'url' | 'header' | 'body' | 'auth';

/** One marked position. */
export interface Position {
  readonly place: Place;
  /** The field's name, for a header or a form field; '' otherwise. */
  readonly field: string;
  /** What stands there unvaried. */
  readonly original: string;
}

/**
 * Calls `change` with each text of a request that can hold positions, in the order in which one reads them, and gives the
 * request with what it returns.
 */
function mapTexts(spec: RequestSpec, change: (text: string, place: Place, field: string) => string): RequestSpec {
  const at =
    (place: Place, field = '') =>
    (text: string) =>
      change(text, place, field);
  return {
    ...spec,
    method: at('method')(spec.method),
    url: at('url')(unescapeMarks(spec.url)),
    headers: spec.headers.map(([name, value]): [string, string | null] => [
      at('header', name)(name),
      value === null ? null : at('header', name)(value),
    ]),
    body: mapBody(spec.body, at),
    auth: mapAuth(spec.auth, at('auth')),
  };
}

type At = (place: Place, field?: string) => (text: string) => string;

function mapBody(body: BodySpec, at: At): BodySpec {
  switch (body.kind) {
    case 'none':
    case 'blob':
      return body;
    case 'text':
      return { ...body, text: at('body')(body.text) };
    case 'form':
      return {
        ...body,
        pairs: body.pairs.map(([name, value]): [string, string] => [at('body', name)(name), at('body', name)(value)]),
      };
    case 'multipart':
      return {
        ...body,
        parts: body.parts.map((part) => ({
          ...part,
          name: at('body', part.name)(part.name),
          value: typeof part.value === 'string' ? at('body', part.name)(part.value) : part.value,
          filename: part.filename === null ? null : at('body', part.name)(part.filename),
        })),
      };
  }
}

function mapAuth(auth: RequestSpec['auth'], change: (text: string) => string): RequestSpec['auth'] {
  switch (auth?.type) {
    case undefined:
      return null;
    case 'basic':
    case 'digest':
      return { ...auth, username: change(auth.username), password: change(auth.password) };
    case 'bearer':
      return { ...auth, token: change(auth.token) };
    case 'custom':
      return { ...auth, name: change(auth.name), value: change(auth.value) };
  }
}

/** All positions of a request. `open` tells of texts with a sign that has no second one. */
export function positionsOf(template: RequestSpec): { positions: Position[]; open: Place[] } {
  const positions: Position[] = [];
  const open: Place[] = [];
  mapTexts(template, (text, place, field) => {
    const { marked, isOpen } = readMarks(text);
    const name = readMarks(field);
    for (const original of marked) positions.push({ place, field: fillMarks(name, name.marked), original });
    if (isOpen) open.push(place);
    return text;
  });
  return { positions, open };
}

/** The request with a value for each position, in their order; null: as it is unvaried. */
export function fillTemplate(template: RequestSpec, values: readonly (string | null)[]): RequestSpec {
  let at = 0;
  return mapTexts(template, (text) => {
    const marks = readMarks(text);
    return fillMarks(
      marks,
      marks.marked.map((original) => values[at++] ?? original),
    );
  });
}
