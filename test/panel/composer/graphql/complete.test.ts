import { expect, test } from 'vitest';
import { complete } from '../../../../src/panel/composer/graphql/complete.ts';
import { INTROSPECTION, readSchema } from '../../../../src/panel/composer/graphql/schema.ts';

const scalar = (name: string) => ({ kind: 'SCALAR', name });
const list = (ofType: unknown) => ({ kind: 'NON_NULL', ofType: { kind: 'LIST', ofType } });
const answer = {
  data: {
    __schema: {
      queryType: { name: 'Query' },
      mutationType: { name: 'Mutation' },
      subscriptionType: null,
      types: [
        {
          name: 'Query',
          fields: [
            {
              name: 'user',
              type: { kind: 'OBJECT', name: 'User' },
              args: [
                { name: 'id', type: { kind: 'NON_NULL', ofType: scalar('ID') } },
                { name: 'first', type: scalar('Int') },
              ],
            },
            { name: 'users', type: list({ kind: 'OBJECT', name: 'User' }), args: [] },
          ],
        },
        { name: 'Mutation', fields: [{ name: 'rename', type: { kind: 'OBJECT', name: 'User' }, args: [] }] },
        {
          name: 'User',
          fields: [
            { name: 'name', type: scalar('String'), args: [] },
            { name: 'friends', type: list({ kind: 'OBJECT', name: 'User' }), args: [] },
          ],
        },
        { name: 'ID', fields: null },
      ],
    },
  },
};
const schema = readSchema(JSON.stringify(answer));

function at(text: string): string[] {
  if (schema === null) throw new Error('No schema');
  return complete(schema, text, text.length).list.map((entry) => entry.text);
}

test('the schema is read with its types', () => {
  expect(schema?.roots).toEqual({ query: 'Query', mutation: 'Mutation', subscription: null });
  expect(schema?.types.get('Query')?.[1]).toMatchObject({ type: '[User]!', of: 'User' });
  expect(readSchema('{"errors":[]}')).toBeNull();
  expect(readSchema('<html>')).toBeNull();
  expect(INTROSPECTION.split('{')).toHaveLength(INTROSPECTION.split('}').length);
});

test.each([
  ['', []],
  ['{', ['user', 'users', '__typename']],
  ['{ us', ['user', 'users']],
  ['{ USER', ['user', 'users']],
  ['mutation { ', ['rename', '__typename']],
  ['query Q($id: ID!) { user(id: $id) { ', ['name', 'friends', '__typename']],
  ['{ user(', ['id', 'first']],
  ['{ user(id: ', []],
  ['{ user(id: 1, ', ['id', 'first']],
  ['{ user(id: "}") { na', ['name']],
  ['{ users { friends { name } fr', ['friends']],
  ['{ users { friends { name } } ', ['user', 'users', '__typename']],
  ['{ mine: users { n', ['name']],
  ['{ users { ... on User { fri', ['friends']],
  ['fragment F on User { n', ['name']],
  ['{ users { # {{{\n n', ['name']],
  ['{ users @include(if: $x) { n', ['name']],
  ['{ unknown { ', ['__typename']],
])('%s', (text, expected) => {
  expect(at(text)).toEqual(expected);
});
