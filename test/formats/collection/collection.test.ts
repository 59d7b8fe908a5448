import { readFile } from 'node:fs/promises';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { collectionFileSchema, itemDefinition } from '../../../src/formats/collection/file-schema.ts';
import type { DraftFrame } from '../../../src/formats/collection/node-in-file.ts';
import {
  cleanName,
  CollectionFileError,
  contentOf,
  MAX_ITEMS,
  readCollection,
} from '../../../src/formats/collection/read-collection.ts';
import { withoutSecrets } from '../../../src/formats/collection/secret-parts.ts';
import { createCollectionWriter, type WrittenNode } from '../../../src/formats/collection/write-collection.ts';
import type { CollectionNode, NodeContent } from '../../../src/model/collection.ts';
import { isSameDraft } from '../../../src/panel/collections/same-draft.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { rowsFromUrl } from '../../../src/panel/state/query-rows.ts';
import { newPart, newRow } from '../../../src/panel/state/rows.ts';

const frame: DraftFrame = { blank: newDraft, paramsOf: (url) => rowsFromUrl(url, []) };
let ids = 0;
const newId = (): string => `new-${ids++}`;
const node = (id: string, kind: 'folder' | 'request', name = id): CollectionNode => ({
  id,
  parent: '',
  key: '',
  kind,
  name,
  method: '',
  url: '',
  usedAt: 0,
  revision: 1,
});
const folder = (change: Partial<Extract<NodeContent, { kind: 'folder' }>> = {}): NodeContent => ({
  kind: 'folder',
  notes: '',
  auth: null,
  headers: [],
  params: [],
  session: null,
  variables: [],
  ...change,
});
const request = (change: Partial<ReturnType<typeof newDraft>> = {}, notes = ''): NodeContent => ({
  kind: 'request',
  draft: { ...newDraft(), ...change },
  notes,
  examples: [],
});

function written(nodes: readonly WrittenNode[]): string {
  const writer = createCollectionWriter(frame);
  return nodes.map((one) => writer.add(one)).join('') + writer.end(null);
}

const sample: WrittenNode[] = [
  {
    node: node('c', 'folder', 'Shop'),
    depth: 0,
    content: folder({ notes: 'What the shop answers.', headers: [newRow({ name: 'X-Shop', value: '1' })] }),
  },
  {
    node: node('r1', 'request', 'List orders'),
    depth: 1,
    content: request({
      url: 'https://shop.test/orders?page=1',
      params: rowsFromUrl('https://shop.test/orders?page=1', []),
    }),
  },
  { node: node('f', 'folder', 'Old'), depth: 1, content: folder() },
  {
    node: node('r2', 'request', 'Create'),
    depth: 2,
    content: request(
      {
        method: 'POST',
        url: 'https://shop.test/orders',
        headers: [newRow({ name: 'X-Off', value: '2', enabled: false })],
        body: { ...newDraft().body, type: 'json', json: '{\n  "a": 1\n}' },
      },
      'Makes one.',
    ),
  },
  { node: node('r3', 'request', 'Last'), depth: 1, content: request({ url: 'https://shop.test/' }) },
];

test('a collection is written as a person would want to read its difference', async () => {
  const text = written(sample);
  (await import('node:fs')).writeFileSync('test/fixtures/collections/shop.json', text);
  const file = new URL('../../fixtures/collections/shop.json', import.meta.url);
  expect(text).toBe(await readFile(file, 'utf8'));
});

test('the published schema is the one that files are read by', async () => {
  const schema = toJsonSchema(collectionFileSchema, { definitions: { item: itemDefinition }, errorMode: 'ignore' });
  // `npx vitest run --project unit test/formats/collection -u` writes it anew after a change of the schema.
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../../docs/collection.schema.json');
  expect(v.is(collectionFileSchema, JSON.parse(written(sample)))).toBe(true);
});

const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.constant('\n')),
  maxLength: 12,
});
const row = fc.record({ name: text, value: text, enabled: fc.boolean() }).map((fields) => newRow(fields));
const draft = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'LIST'),
    url: text,
    headers: fc.array(row, { maxLength: 3 }),
    params: fc.array(row, { maxLength: 3 }),
    json: text,
    form: fc.array(row, { maxLength: 2 }),
    type: fc.constantFrom('none', 'json', 'form', 'multipart', 'graphql'),
    token: text,
    verify: fc.boolean(),
    query: text,
    filename: text,
    secret: fc.boolean(),
  })
  .map(({ method, url, headers, params, json, form, type, token, verify, query, filename, secret }) => {
    const blank = newDraft();
    return {
      ...blank,
      method,
      url,
      headers,
      // As the panel keeps them: rows that are on stand in the URL.
      params: params.some(({ enabled }) => !enabled) ? params : rowsFromUrl(url, []),
      body: {
        ...blank.body,
        type,
        json,
        form,
        multipart: [newPart({ name: 'p', filename, kind: 'file' as const })],
        graphql: { ...blank.body.graphql, query },
      },
      auth: { ...blank.auth, type: 'bearer' as const, token },
      options: { ...blank.options, verify },
      variables: form.map((one) => ({ ...one, secret, literal: false })),
      extract: form.map((one) => ({ ...one, from: 'header' as const, into: 'global' as const })),
    };
  });

test('what is written is read again the same', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(draft, fc.nat(2), text, text), { maxLength: 8 }), (items) => {
      const nodes: WrittenNode[] = [{ node: node('top', 'folder'), depth: 0, content: folder() }];
      let depth = 1;
      for (const [at, [one, kind, name, notes]] of items.entries()) {
        const content = kind === 0 ? folder({ notes, headers: one.headers.slice(0, 1) }) : request(one, notes);
        nodes.push({ node: node(`n${at}`, content.kind, name), depth, content });
        if (kind === 0) depth++;
        else if (kind === 2 && depth > 1) depth--;
      }
      const file = readCollection(JSON.parse(written(nodes)));
      expect(file.nodes).toHaveLength(nodes.length);
      const byId = new Map(file.nodes.map((one) => [one.id, one]));
      for (const { node, content } of nodes) {
        const read = byId.get(node.id);
        if (read === undefined) throw new Error(`${node.id} is missing`);
        expect(read.name).toBe(cleanName(node.name));
        const back = contentOf(read, node.id, frame, newId);
        expect(back.notes).toBe(content.notes);
        if (back.kind === 'request' && content.kind === 'request')
          expect(isSameDraft(back.draft, content.draft)).toBe(true);
        if (back.kind === 'folder' && content.kind === 'folder') {
          const said = ({ name, value, enabled }: { name: string; value: string; enabled: boolean }) => [
            name,
            value,
            enabled,
          ];
          const speaking = content.headers.filter(({ name, value }) => name + value !== '');
          expect(back.headers.map(said)).toEqual(speaking.map(said));
        }
      }
    }),
    { numRuns: 50 },
  );
});

const problemOf = (json: unknown): string => {
  try {
    readCollection(json);
    return 'none';
  } catch (error) {
    if (!(error instanceof CollectionFileError)) throw error;
    return `${error.problem} ${error.detail}`.trim();
  }
};
const head = { format: 'request-workbench-collection', version: 1, name: 'x' };

test('files that are foreign, of later versions or damaged are named for what they are', () => {
  expect(problemOf([])).toBe('foreign');
  expect(problemOf(null)).toBe('foreign');
  expect(problemOf({ info: {}, item: [] })).toBe('foreign Postman');
  expect(problemOf({ ...head, version: 2 })).toBe('later 2');
  expect(problemOf({ ...head, items: {} })).toContain('malformed items');
  expect(problemOf({ ...head, items: [{ kind: 'request', name: 7 }] })).toContain('malformed items[0].name');
  expect(problemOf({ ...head, items: [{ kind: 'folder', name: 'f', items: [null] }] })).toContain('items[0].items[0]');
});

test('a hostile file is refused, or taken in without harm', { timeout: 30_000 }, () => {
  const proto: unknown = JSON.parse(
    `{"format":"request-workbench-collection","version":1,"name":"p","__proto__":{"polluted":1},
      "items":[{"kind":"request","name":"r","__proto__":{"polluted":1},"url":"http://p.test/","auth":{"__proto__":{"polluted":1}}}]}`,
  );
  const { nodes } = readCollection(proto);
  expect(nodes).toHaveLength(2);
  const content = nodes[1] === undefined ? null : contentOf(nodes[1], 'r', frame, newId);
  expect(content).toMatchObject({ draft: { url: 'http://p.test/' } });
  expect(JSON.stringify(content)).not.toContain('polluted');
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();

  const deep: unknown = JSON.parse(
    `{"format":"request-workbench-collection","version":1,"name":"d","items":[${'{"kind":"folder","name":"f","items":['.repeat(10_000)}${']}'.repeat(10_000)}]}`,
  );
  expect(problemOf(deep)).toBe('deep 64');
  expect(problemOf({ ...head, items: Array.from({ length: 1_000_000 }, () => ({ kind: 'request', name: 'r' })) })).toBe(
    `many ${MAX_ITEMS}`,
  );

  const odd = { kind: 'request', name: 'a\u202Egpj.\u0000exe\n\u2066b', id: 'same' };
  const file = readCollection({ ...head, items: [odd, odd] });
  expect(file.cleaned).toBe(2);
  expect(file.nodes.map(({ name }) => name)).toEqual(['x', 'a gpj. exe  b', 'a gpj. exe  b']);
  expect(file.nodes.map(({ id }) => id)).toEqual([null, 'same', null]);
});

test('secrets are left out, names of variables stay', () => {
  const content = request({
    url: 'https://me:planted@shop.test/{{path}}?token=planted&key={{api}}&access_token={{t}}&page=1',
    headers: [
      newRow({ name: 'Authorization', value: 'Bearer {{token}}' }),
      newRow({ name: 'Cookie', value: 'sid=planted' }),
      newRow({ name: 'X-Plain', value: 'kept' }),
    ],
    auth: { ...newDraft().auth, type: 'basic', username: 'me', password: 'planted' },
    body: { ...newDraft().body, type: 'json', json: '{"user": "me", "password": "planted", "n": 1.0}' },
  });
  const clean = withoutSecrets(content, []);
  expect(JSON.stringify(clean)).not.toContain('planted');
  expect(clean).toMatchObject({
    draft: {
      url: 'https://shop.test/{{path}}?token=&key={{api}}&access_token={{t}}&page=1',
      headers: [{ value: 'Bearer {{token}}' }, { value: '' }, { value: 'kept' }],
      auth: { username: 'me', password: '' },
      body: { json: '{"user": "me", "password": "", "n": 1.0}' },
    },
  });
});
