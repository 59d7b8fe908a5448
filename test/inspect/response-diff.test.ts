import { describe, expect, it } from 'vitest';
import { diffResponses, type ResponseBodyFacts, type ResponseFacts } from '../../src/inspect/response-diff.ts';

const bytes = (body: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body;
const known = (body: string | Uint8Array<ArrayBuffer>, isText = false): ResponseBodyFacts => ({
  state: 'known',
  bytes: bytes(body),
  isText,
});

function response(type: string, body: ResponseBodyFacts, more: Partial<ResponseFacts> = {}): ResponseFacts {
  return { status: 200, headers: [['Content-Type', type]], body, ...more };
}

describe('diffResponses', () => {
  it('finds nothing between two alike', async () => {
    const one = response('text/plain', known('hello'));
    expect(await diffResponses(one, one)).toEqual({
      status: null,
      fields: [],
      body: { kind: 'same', exact: true },
      differences: 0,
    });
  });

  it('tells status and fields, and folds what differs every time', async () => {
    const headers = (date: string, cache: string): [string, string][] => [
      ['Date', date],
      ['Content-Type', 'text/plain'],
      ['X-Cache', cache],
      ['Content-Security-Policy', `script-src 'nonce-${btoa(date)}'`],
    ];
    const diff = await diffResponses(
      response('', known('x'), { headers: headers('Wed, 01 Jan 2025 00:00:00 GMT', 'HIT') }),
      response('', known('x'), { status: 304, headers: headers('Thu, 02 Jan 2025 00:00:00 GMT', 'MISS') }),
    );
    expect(diff.status).toEqual({ before: 200, after: 304 });
    expect(diff.fields.map(({ name, volatile }) => [name, volatile])).toEqual([
      ['Date', true],
      ['X-Cache', false],
      ['Content-Security-Policy', true],
    ]);
    expect(diff.differences).toBe(2);
  });

  it('compares JSON by meaning and marks times and ids', async () => {
    const json = 'application/json; charset=utf-8';
    const diff = await diffResponses(
      response(json, known('{"n": 1.0, "requestId": "a", "total": 3, "at": "2025-01-01T00:00:00Z"}')),
      response(json, known('{"at":"2026-01-01T00:00:00Z","total":4,"requestId":"b","n":1}')),
    );
    expect(diff.body).toMatchObject({
      kind: 'json',
      changes: [
        { path: 'requestId', volatile: true },
        { path: 'total', before: '3', after: '4', volatile: false },
        { path: 'at', volatile: true },
      ],
    });
    expect(diff.differences).toBe(1);
  });

  it('compares text by line', async () => {
    const diff = await diffResponses(
      response('text/html', known('<p>\nat 2025-01-01T00:00:00Z\nold\n</p>')),
      response('text/html', known('<p>\nat 2026-02-03T04:05:06Z\nnew\n</p>')),
    );
    expect(diff.body.kind).toBe('text');
    expect(diff.differences).toBe(2);
  });

  it('reads the replay in its charset where the original was decoded by the browser', async () => {
    const type = 'text/plain; charset=iso-8859-1';
    const diff = await diffResponses(
      response(type, known('grün', true)),
      response(type, known(Uint8Array.of(0x67, 0x72, 0xfc, 0x6e))),
    );
    expect(diff.body).toEqual({ kind: 'same', exact: false });
  });

  it('compares bytes by digest and size', async () => {
    const type = 'application/octet-stream';
    const diff = await diffResponses(
      response(type, known(Uint8Array.of(1, 2))),
      response(type, known(Uint8Array.of(1, 3))),
    );
    expect(diff.body).toMatchObject({ kind: 'binary', before: { size: 2 }, after: { size: 2 } });
    expect(diff.differences).toBe(1);
  });

  it('says which side is not known', async () => {
    const diff = await diffResponses(response('text/plain', { state: 'unknown' }), response('text/plain', known('x')));
    expect(diff.body).toEqual({ kind: 'unknown', side: 'before' });
  });
});
