import { describe, expect, it } from 'vitest';
import type { EntryMarks } from '../../../src/panel/capture/filter.ts';
import { parseFilter } from '../../../src/panel/capture/filter.ts';
import { capturedEntry, type EntryParts } from './entries.ts';

const unmarked: EntryMarks = { pinned: false, replayed: false };

const passes = (filter: string, parts: EntryParts, marks: EntryMarks = unmarked): boolean =>
  parseFilter(filter).test(capturedEntry(parts), marks);

describe('a filter', () => {
  it.each([
    ['', { url: 'https://a.example/' }],
    ['users', { url: 'https://a.example/Users/1' }],
    ['post', { method: 'POST' }],
    ['https://a.example', { url: 'https://a.example/x' }],
    ['localhost:8080', { url: 'http://localhost:8080/' }],
    ['"a b"', { url: 'https://a.example/?q=a b' }],
    [String.raw`/\/users\/\d+$/`, { url: 'https://a.example/users/12' }],
    ['/USERS/i', { url: 'https://a.example/users' }],
    ['method:POST', { method: 'POST' }],
    ['method:put,post', { method: 'POST' }],
    ['status:404', { status: 404 }],
    ['status:4xx', { status: 418 }],
    ['status:200-204', { status: 204 }],
    ['status:>=400', { status: 400 }],
    ['domain:example.org', { url: 'https://api.example.org/' }],
    ['domain:*.example.org', { url: 'https://api.example.org:8443/x' }],
    ['domain:api.*.org', { url: 'https://user@api.example.org/' }],
    ['domain:[::1]', { url: 'http://[::1]:80/' }],
    ['type:json', { mimeType: 'application/problem+json' }],
    ['type:xhr', { kind: 'fetch' }],
    ['type:css,js', { kind: 'script' }],
    ['mime:image/*', { mimeType: 'image/png' }],
    ['mime:json', { mimeType: 'application/json' }],
    ['larger-than:1k', { sizes: { content: 1025, transferred: 10 } }],
    ['smaller-than:1.5M', { sizes: { content: null, transferred: 1000 } }],
    ['-method:GET -type:image', { method: 'POST' }],
    ['-"a b"', { url: 'https://a.example/' }],
    ['-/users/', { url: 'https://a.example/' }],
    ['is:incomplete', { body: { state: 'incomplete', gap: 'withheld', text: null, length: 3 } }],
    ['is:failed', { status: 0 }],
  ] satisfies [string, EntryParts][])('%s lets pass', (filter, parts) => {
    expect(passes(filter, parts)).toBe(true);
  });

  it.each([
    ['users orders', { url: 'https://a.example/users' }],
    ['method:POST status:5xx', { method: 'POST', status: 200 }],
    ['-users', { url: 'https://a.example/users' }],
    ['domain:ample.org', { url: 'https://example.org/' }],
    ['status:4xx', { status: 500 }],
    ['/USERS/', { url: 'https://a.example/users' }],
    ['type:json', { mimeType: 'application/json-seq' }],
    ['mime:image/*', { mimeType: 'text/html' }],
    ['larger-than:1k', { sizes: { content: 1024, transferred: null } }],
    ['is:pinned', {}],
  ] satisfies [string, EntryParts][])('%s keeps out', (filter, parts) => {
    expect(passes(filter, parts)).toBe(false);
  });

  it('looks at pins and replays', () => {
    expect(passes('is:pinned', {}, { pinned: true, replayed: false })).toBe(true);
    expect(passes('is:replayed', {}, { pinned: false, replayed: true })).toBe(true);
  });

  it.each(['status:4x', 'larger-than:big', '/(/', 'is:nice', 'method:'])(
    'names %s as a mistake and goes on',
    (term) => {
      const { mistakes, test } = parseFilter(`users ${term}`);
      expect(mistakes).toEqual([term]);
      expect(test(capturedEntry({ url: 'https://a.example/users' }), unmarked)).toBe(true);
      expect(test(capturedEntry({ url: 'https://a.example/' }), unmarked)).toBe(false);
    },
  );
});
