import type { Draft, DraftBody } from '../../../model/draft.ts';
import type { HeaderLines } from '../../../model/exchange.ts';
import type { TakenFromSession } from '../../state/taken-from-session.ts';
import { strings } from '../../strings.ts';

const words = strings.sent;

/** The header rows that a draft switches on. */
export function composedFields(draft: Draft): HeaderLines {
  return draft.headers.filter(({ enabled, name }) => enabled && name !== '').map(({ name, value }) => [name, value]);
}

export interface ComposedBody {
  readonly lines: readonly string[];
  /** The lines are what is sent, character by character, so that comparing them means something. */
  readonly isLiteral: boolean;
}

/** A draft's body as it was typed. */
export function composedBody({ type, json, text, form, multipart, filename, graphql }: DraftBody): ComposedBody {
  switch (type) {
    case 'json':
      return { lines: linesOf(json), isLiteral: true };
    case 'text':
      return { lines: linesOf(text), isLiteral: true };
    case 'form':
      return {
        lines: form.filter((row) => row.enabled && row.name !== '').map(({ name, value }) => `${name}=${value}`),
        isLiteral: false,
      };
    case 'multipart':
      return {
        lines: multipart
          .filter((part) => part.enabled && part.name !== '')
          .map((part) => `${part.name}: ${part.kind === 'file' ? words.file(part.filename) : part.value}`),
        isLiteral: false,
      };
    case 'file':
      return { lines: filename === '' ? [] : [words.file(filename)], isLiteral: false };
    case 'graphql':
      return { lines: [...linesOf(graphql.query), ...linesOf(graphql.variables)], isLiteral: false };
    case 'none':
    default:
      return { lines: [], isLiteral: false };
  }
}

export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/\r\n|\r|\n/);
}

/** Fields that come from other parts of a draft than its header rows. */
const ORIGINS: readonly (readonly [pattern: RegExp, origin: keyof typeof words.origins])[] = [
  [/^(?:user-agent|accept|accept-encoding|accept-language|connection)$/i, 'default'],
  [/^(?:authorization|proxy-authorization)$/i, 'auth'],
  [/^(?:content-type|content-length|transfer-encoding)$/i, 'body'],
  [/^cookie$/i, 'cookies'],
  [/^host$/i, 'host'],
];

/** Where a prepared field comes from that no row composed, in words. */
export function originOf(name: string, taken?: TakenFromSession): string | null {
  const lower = name.toLowerCase();
  if (taken?.auth === lower) return words.sessionAuth(taken.session);
  if (taken?.headers.has(lower) === true) return words.session(taken.session);
  const origin = ORIGINS.find(([pattern]) => pattern.test(name))?.[1];
  return origin === undefined ? null : words.origins[origin];
}
