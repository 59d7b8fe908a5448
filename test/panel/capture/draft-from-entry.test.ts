import { describe, expect, it } from 'vitest';
import { joinParts } from '../../../src/inspect/multipart.ts';
import type { CapturedBody } from '../../../src/model/captured-entry.ts';
import type { HeaderLines } from '../../../src/model/exchange.ts';
import { draftFromEntry } from '../../../src/panel/capture/draft-from-entry.ts';
import { requestFromDraft } from '../../../src/panel/state/request-from-draft.ts';
import { capturedEntry } from './entries.ts';

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const exact = (bytes: Uint8Array<ArrayBuffer>): CapturedBody => ({ state: 'exact', bytes, source: 'log' });

function edit(contentType: string | null, body: CapturedBody, more: HeaderLines = []) {
  const headers: HeaderLines = contentType === null ? more : [['Content-Type', contentType], ...more];
  return draftFromEntry(capturedEntry({ method: 'POST', requestHeaders: headers, body }), ['User-Agent', 'Accept']);
}

describe('a captured request as a draft', () => {
  it('has the URL as it was sent, and its parameters beside it', () => {
    const { draft } = draftFromEntry(capturedEntry({ url: 'https://a.example/%7e?b=%20&a=1&a=+' }), []);
    expect(draft.url).toBe('https://a.example/%7e?b=%20&a=1&a=+');
    expect(draft.params.map(({ name, value }) => [name, value])).toEqual([
      ['b', ' '],
      ['a', '1'],
      ['a', ' '],
    ]);
  });

  it('has its fields but for those of the connection, and switches off defaults that were not sent', () => {
    const { draft } = draftFromEntry(
      capturedEntry({
        requestHeaders: [
          ['Host', 'a.example'],
          ['Connection', 'keep-alive'],
          ['Accept', 'text/html'],
          ['If-None-Match', '"x"'],
          ['Cookie', 'a=1'],
          ['Content-Length', '0'],
        ],
      }),
      ['User-Agent', 'Accept-Encoding', 'Accept', 'Connection'],
    );
    expect(draft.headers.map(({ name, value }) => [name, value])).toEqual([
      ['Accept', 'text/html'],
      ['If-None-Match', '"x"'],
      ['Cookie', 'a=1'],
    ]);
    expect(draft.defaultsOff).toEqual(['User-Agent', 'Accept-Encoding']);
  });

  it('keeps a Host that is not the URL’s', () => {
    const { draft } = draftFromEntry(capturedEntry({ requestHeaders: [['Host', 'other.example']] }), []);
    expect(draft.headers.map(({ name }) => name)).toEqual(['Host']);
  });

  it.each([
    ['JSON', 'application/json; charset=utf-8', '{"id": 12345678901234567890}', 'json'],
    ['broken JSON', 'application/json', '{"id": ', 'text'],
    ['a form', 'application/x-www-form-urlencoded', 'a=1&b=x+y&b=%C3%A9', 'form'],
    ['a form in another spelling', 'application/x-www-form-urlencoded', 'a=%7e&&b', 'text'],
    ['text', 'text/plain', 'hello', 'text'],
    ['text of no type', null, 'hello', 'text'],
  ] as const)('recognises %s, and sends the same bytes unedited', async (_, type, text, expected) => {
    const { draft, files } = edit(type, exact(utf8(text)));
    expect(draft.body.type).toBe(expected);
    const read = requestFromDraft(draft, files, null);
    if (!read.ok) throw new Error(read.error.message);
    const { body } = read.request;
    if (body.kind === 'text') expect(body.text).toBe(text);
    else
      expect(body).toEqual({
        kind: 'form',
        pairs: [
          ['a', '1'],
          ['b', 'x y'],
          ['b', 'é'],
        ],
      });
  });

  it('recognises GraphQL, and leaves it JSON where numbers would be lost', () => {
    const query = '{"query":"query Q($a: Int) { x }","variables":{"a":1},"operationName":"Q"}';
    const { draft } = edit('application/json', exact(utf8(query)));
    expect(draft.body).toMatchObject({
      type: 'graphql',
      json: query,
      graphql: { query: 'query Q($a: Int) { x }', variables: '{\n  "a": 1\n}', operationName: 'Q' },
    });
    const large = '{"query":"{ x }","variables":{"a":12345678901234567890}}';
    expect(edit('application/json', exact(utf8(large))).draft.body.type).toBe('json');
  });

  it('takes a multipart body apart, files included', async () => {
    const bytes = Uint8Array.of(0, 255, 13, 10);
    const body = joinParts(
      [
        { head: 'Content-Disposition: form-data; name="a"', content: utf8('grün') },
        { head: 'Content-Disposition: form-data; name="f"; filename="x%22y"\r\nContent-Type: a/b', content: bytes },
      ],
      'XX',
    );
    const { draft, files } = edit('multipart/form-data; boundary=XX', exact(body));
    expect(draft.headers).toEqual([]);
    expect(draft.body.multipart).toMatchObject([
      { name: 'a', kind: 'text', value: 'grün', contentType: '' },
      { name: 'f', kind: 'file', filename: 'x"y', contentType: 'a/b' },
    ]);
    const file = files.get(draft.body.multipart[1]?.id ?? '');
    expect(new Uint8Array((await file?.arrayBuffer()) ?? [])).toEqual(bytes);
  });

  it('has bytes that are no text as a file', async () => {
    const { draft, files } = edit('application/x-own', exact(Uint8Array.of(255)));
    expect(draft.body.type).toBe('file');
    const read = requestFromDraft(draft, files, null);
    expect(read.ok && read.request.body.kind === 'blob' && read.request.body.blob.size).toBe(1);
  });

  it.each([
    ['Bearer abc.def', { type: 'bearer', token: 'abc.def' }],
    [`Basic ${btoa('me:p:w')}`, { type: 'basic', username: 'me', password: 'p:w' }],
    ['Basic !!', { type: 'none' }],
    ['Digest x', { type: 'none' }],
  ])('reads %s', (value, auth) => {
    const { draft } = edit(null, { state: 'none' }, [['Authorization', value]]);
    expect(draft.auth).toMatchObject(auth);
    expect(draft.headers.some(({ name }) => name === 'Authorization')).toBe(auth.type === 'none');
  });
});

describe('an incomplete body as a draft', () => {
  const incomplete = (text: string | null): CapturedBody => ({
    state: 'incomplete',
    gap: 'text-only',
    text,
    length: 9,
  });

  it('asks for the file, and sends nothing without', () => {
    const { draft, files } = edit('application/x-own', incomplete('a\uFFFD'));
    expect(draft.body).toMatchObject({ type: 'file', filename: 'captured-body', text: 'a\uFFFD' });
    expect(requestFromDraft(draft, files, null).ok).toBe(false);
  });

  it('asks for those files of a form that are missing', () => {
    const head = (name: string): string => `Content-Disposition: form-data; name="${name}"; filename="${name}.bin"`;
    const body = joinParts(
      [
        { head: 'Content-Disposition: form-data; name="a"', content: utf8('1') },
        { head: head('known'), content: utf8('text') },
        { head: head('lost'), content: utf8('\uFFFD') },
      ],
      'XX',
    );
    const { draft, files } = edit('multipart/form-data; boundary=XX', incomplete(new TextDecoder().decode(body)));
    const rows = draft.body.multipart;
    expect(rows.map(({ filename, id }) => [filename, files.has(id)])).toEqual([
      ['', false],
      ['known.bin', true],
      ['lost.bin', false],
    ]);
    expect(requestFromDraft(draft, files, null).ok).toBe(false);
  });
});
