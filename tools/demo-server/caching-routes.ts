import { randomBytes } from 'node:crypto';
import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { facts } from './facts.ts';
import type { DemoRequest } from './request.ts';
import type { RouteTable } from './router.ts';
import { statusAnswer } from './status-routes.ts';

/** Routes that answer conditional requests and name how long an answer keeps. */
export const cachingRoutes: RouteTable = {
  '/cache': (request) => {
    if (request.field('If-Modified-Since') ?? request.field('If-None-Match')) return statusAnswer(304);
    return shown(request, ['Last-Modified', new Date().toUTCString()], ['ETag', randomBytes(16).toString('hex')]);
  },
  '/cache/<int:seconds>': (request, seconds) => shown(request, ['Cache-Control', `public, max-age=${Number(seconds)}`]),
  '/etag/<etag>': (request, etag = '') => {
    const own: [string, string] = ['ETag', etag];
    const noneMatch = entityTags(request.field('If-None-Match'));
    const match = entityTags(request.field('If-Match'));
    if (noneMatch.length > 0) {
      if (noneMatch.includes(etag) || noneMatch.includes('*')) return { ...statusAnswer(304), fields: [own] };
    } else if (match.length > 0 && !match.includes(etag) && !match.includes('*')) {
      return statusAnswer(412);
    }
    return shown(request, own);
  },
};

/** What /get shows, with fields of its own. */
function shown(request: DemoRequest, ...fields: [string, string][]): Answer {
  return json(facts(request, 'args', 'headers', 'origin', 'url'), fields);
}

/** The tags of a list, weakness and quotes left out. */
function entityTags(field: string | undefined): string[] {
  return field?.split(',').map((tag) => /^\s*(?:W\/)?"?([^"]*?)"?\s*$/.exec(tag)?.[1] ?? '') ?? [];
}
