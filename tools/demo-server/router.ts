import type { Answer } from './answer.ts';
import { html, problem } from './answer.ts';
import type { DemoRequest } from './request.ts';
import { decoded } from './text-encoding.ts';

/** Answers a request; `args` are the decoded pieces of the path that the pattern names. */
export type Route = (request: DemoRequest, ...args: string[]) => Answer | Promise<Answer>;

/**
 * Routes by pattern: `<name>` stands for one piece of the path, `<int:name>` for digits, `<path:name>` for the rest.
 * Methods may stand before the pattern (`POST,PUT /x`); GET is meant otherwise, and every GET answers HEAD too.
 */
export type RouteTable = Readonly<Record<string, Route>>;

interface Entry {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly route: Route;
}

/** Makes one route of a table: it answers OPTIONS itself, 404 where no pattern fits and 405 where no method does. */
export function router(table: RouteTable): (request: DemoRequest) => Answer | Promise<Answer> {
  const entries = Object.entries(table).map(([key, route]) => entry(key, route));
  return (request) => {
    const path = request.target.split('?', 1)[0] ?? '';
    const fitting = entries.filter((candidate) => candidate.path.test(path));
    const found = fitting.find(({ methods }) => methods.includes(request.method));
    if (found) return found.route(request, ...(found.path.exec(path) ?? []).slice(1).map(decoded));
    if (fitting.length === 0) return problem(404, 'This server has nothing at this address.');
    const allow: [string, string] = ['Allow', ['OPTIONS', ...fitting.flatMap(({ methods }) => methods)].join(', ')];
    if (request.method === 'OPTIONS') return html('', 200, [allow]);
    return problem(405, 'This address does not answer that method.', [allow]);
  };
}

function entry(key: string, route: Route): Entry {
  const [pattern = '', methods = 'GET'] = key.split(' ').reverse();
  const source = pattern
    .replace(/[.]/g, String.raw`\.`)
    .replace(/<int:\w+>/g, String.raw`(\d+)`)
    .replace(/<path:\w+>/g, '(.+)')
    .replace(/<\w+>/g, '([^/]+)');
  const list = methods.split(',');
  return { methods: list.includes('GET') ? [...list, 'HEAD'] : list, path: new RegExp(`^${source}$`), route };
}
