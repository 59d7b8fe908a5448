import type { IncomingMessage } from 'node:http';
import { decoded, queryPairs } from './text-encoding.ts';

/** A request as the routes see it. */
export interface DemoRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** The decoded path. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly remoteAddress: string;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** Field lines with names in title case, lines of one name joined with a comma; in the order sent. */
  readonly fields: ReadonlyMap<string, string>;
  /** A field's value (one character a byte), whatever the case of the name. */
  field(name: string): string | undefined;
  /** The first value of a query parameter, whatever the case of its name. */
  parameter(name: string): string | undefined;
}

/** Reads a request to its end. */
export async function readRequest(message: IncomingMessage, signal: AbortSignal): Promise<DemoRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const target = message.url ?? '/';
  const question = target.indexOf('?');
  const query = question < 0 ? [] : queryPairs(target.slice(question + 1));
  const fields = joinedFields(message.rawHeaders);
  return {
    method: message.method ?? 'GET',
    target,
    path: decoded(question < 0 ? target : target.slice(0, question)),
    query,
    body: Buffer.concat(chunks),
    remoteAddress: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    signal,
    fields,
    field: (name) => fields.get(titleCase(name)),
    parameter: (name) => query.find(([other]) => other.toLowerCase() === name)?.[1],
  };
}

function joinedFields(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const name = titleCase(lines[at] ?? '');
    const before = fields.get(name);
    const value = lines[at + 1] ?? '';
    fields.set(name, before === undefined ? value : `${before},${value}`);
  }
  return fields;
}

/** As the WSGI gateway gives names back: it knows no case. */
function titleCase(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}
