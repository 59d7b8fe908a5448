/** Small questions about cases and small changes of facts, of which the known differences are made. */
import type { Case, Chunks, Reply, Step } from './case.ts';
import type { Facts, ReceivedFacts, ResponseFacts } from './facts.ts';

export type Lines = [string, string][];

export const anyStep = (test: (step: Step) => boolean) => (c: Case) => c.steps.some(test);

export function withSteps(c: Case, change: (step: Step) => Step): Case {
  return { ...c, steps: c.steps.map(change) };
}

/** For a case that ends in an exception, nothing having been sent. */
export function refusedAs(name: string): (expected: Facts) => void {
  return (expected) => {
    expected.received = [];
    for (const step of expected.steps) Object.assign(step, { response: null, error: { name, status: null } });
  };
}

export function responses(facts: Facts): Partial<ResponseFacts>[] {
  return facts.steps.flatMap(({ response }) => (response === null ? [] : [response]));
}

export function has(fields: Lines, ...names: readonly string[]): boolean {
  return fields.some(([name]) => names.includes(name.toLowerCase()));
}

export function afterHost(fields: Lines, line: [string, string]): void {
  fields.splice(fields.findIndex(([name]) => name === 'Host') + 1, 0, line);
}

/** Takes the line of that name out of the lines. */
export function take(lines: Lines, name: string): [string, string] {
  const [line] = lines.splice(
    lines.findIndex(([other]) => other === name),
    1,
  );
  return line ?? [name, ''];
}

export const text = (value: string): string => Buffer.from(value, 'latin1').toString('utf8');

export const valuelessCharset = /("text\/html); charset(?=")/;
export const wellKnown = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']);

export function isChunks(data: Step['data']): data is Chunks {
  return typeof data === 'object' && '$chunks' in data;
}

/** One whose every value is left out: not empty itself, but its encoding is. */
export function isEmptyForm(data: Step['data']): boolean {
  if (typeof data !== 'object' || !('$map' in data)) return false;
  return data.$map.length > 0 && data.$map.every(([, value]) => value === null);
}

export function replies(c: Case): Reply[] {
  return Object.values(c.replies ?? {}).flat();
}

export function cutShort(raw: string): boolean {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return length !== undefined && Number(length) > body.join('\r\n\r\n').length;
}

export function isGuessed({ encoding, content = '' }: Partial<ResponseFacts>): boolean {
  return encoding === null && text(content).includes('\ufffd');
}

/** Whether the step has a body, be it an empty one. */
export function hasBody({ data, json, files }: Step): boolean {
  return data !== undefined || (json !== undefined && json !== null) || files !== undefined;
}

/** Takes back what one step sent and got: the exception is all there is of it. */
export function refuseStep(facts: Facts, at: number, name: string): void {
  const counts = facts.steps.map(({ response }) => (response ? (response.history?.length ?? 0) + 1 : 0));
  const before = counts.slice(0, at).reduce((sum, count) => sum + count, 0);
  facts.received.splice(before, facts.steps.length === 1 ? facts.received.length : counts[at]);
  facts.steps[at] = { response: null, error: { name, status: null }, jar: null };
}

/**
 * The expected lines in the order of the actual ones, as far as these are the same. A name is the same if `alike` says
 * so, and is then written as it came.
 */
export function inOrderOf(expected: Lines, actual: Lines, alike: (expected: string, actual: string) => boolean): Lines {
  const left = [...expected];
  const found: Lines = [];
  for (const line of actual) {
    const at = left.findIndex(([name, value]) => alike(name, line[0]) && value === line[1]);
    if (at < 0) continue;
    left.splice(at, 1);
    found.push(line);
  }
  return [...found, ...left];
}

/** Runs over the requests that both sides have. */
export function eachRequest(
  expected: Facts,
  actual: Facts,
  edit: (expected: ReceivedFacts, actual: ReceivedFacts) => void,
): void {
  for (const [at, request] of expected.received.entries()) {
    const other = actual.received[at];
    if (other) edit(request, other);
  }
}

/** The target that a browser makes of one. */
export function whatwgTarget(target: string): string {
  const { pathname, search } = new URL(target.replace('{path}', '/path'), 'http://host');
  return (pathname + search).replace('/path', '{path}');
}

/** The URL without what is never sent, its escapes in capitals. */
export function wireUrl(url: string): string {
  return url
    .replace(/#.*/s, '')
    .replace(/^(\w+:\/\/)[^/]*@/, '$1')
    .replace(/^http:\/\/\{host\}\{path\}/, '{echo}')
    .replace(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
}
