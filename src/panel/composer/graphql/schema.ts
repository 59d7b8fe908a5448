import * as v from 'valibot';

/** What a GraphQL server says of itself, as far as completing a query needs it. */
export interface Schema {
  readonly roots: Readonly<Record<'query' | 'mutation' | 'subscription', string | null>>;
  /** Types that have fields, by name. */
  readonly types: ReadonlyMap<string, readonly Field[]>;
}

export interface Field {
  readonly name: string;
  /** As in a schema: `[Post!]!`. */
  readonly type: string;
  /** The type's name alone: `Post`. */
  readonly of: string;
  readonly args: readonly { readonly name: string; readonly type: string }[];
}

const TYPE_DEPTH = 7;
const typeRef = 'kind name'.concat(' ofType{kind name'.repeat(TYPE_DEPTH), '}'.repeat(TYPE_DEPTH));

/** Asks for types, fields and arguments (GraphQL specification of October 2021, section 4.2). */
export const INTROSPECTION = `query IntrospectionQuery{__schema{queryType{name}mutationType{name}subscriptionType{name}types{name kind fields(includeDeprecated:true){name args{name type{${typeRef}}}type{${typeRef}}}}}}`;

interface TypeRef {
  readonly kind: string;
  readonly name?: string | null | undefined;
  readonly ofType?: TypeRef | null | undefined;
}
const typeRefSchema: v.GenericSchema<TypeRef> = v.object({
  kind: v.string(),
  name: v.optional(v.nullable(v.string())),
  ofType: v.optional(v.nullable(v.lazy(() => typeRefSchema))),
});
const named = v.optional(v.nullable(v.object({ name: v.string() })));
const answerSchema = v.object({
  data: v.object({
    __schema: v.object({
      queryType: named,
      mutationType: named,
      subscriptionType: named,
      types: v.array(
        v.object({
          name: v.string(),
          fields: v.optional(
            v.nullable(
              v.array(
                v.object({
                  name: v.string(),
                  type: typeRefSchema,
                  args: v.array(v.object({ name: v.string(), type: typeRefSchema })),
                }),
              ),
            ),
          ),
        }),
      ),
    }),
  }),
});

/** Reads the answer to INTROSPECTION; null for what is none, an error of the server's included. */
export function readSchema(text: string): Schema | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = v.safeParse(answerSchema, json);
  if (!parsed.success) return null;
  const { queryType, mutationType, subscriptionType, types } = parsed.output.data.__schema;
  return {
    roots: {
      query: queryType?.name ?? null,
      mutation: mutationType?.name ?? null,
      subscription: subscriptionType?.name ?? null,
    },
    types: new Map(
      types.flatMap(({ name, fields }) =>
        fields === null || fields === undefined
          ? []
          : [
              [
                name,
                fields.map((field) => ({
                  name: field.name,
                  type: typeText(field.type),
                  of: typeName(field.type),
                  args: field.args.map((arg) => ({ name: arg.name, type: typeText(arg.type) })),
                })),
              ] as const,
            ],
      ),
    ),
  };
}

function typeText({ kind, name, ofType }: TypeRef): string {
  const inner = ofType === null || ofType === undefined ? '' : typeText(ofType);
  if (kind === 'NON_NULL') return `${inner}!`;
  return kind === 'LIST' ? `[${inner}]` : (name ?? '');
}

function typeName({ name, ofType }: TypeRef): string {
  return name ?? (ofType === null || ofType === undefined ? '' : typeName(ofType));
}
