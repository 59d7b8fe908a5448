import * as v from 'valibot';
import { exampleSchema, folderContentSchema } from '../../model/collection.ts';
import {
  draftAuthSchema,
  draftBodySchema,
  draftOptionsSchema,
  draftSchema,
  extractionSchema,
  partSchema,
  rowSchema,
} from '../../model/draft.ts';
import { variableSchema } from '../../model/environment.ts';

/**
 * A collection as a file. What a request has by itself is left out, so that a file holds what a person wrote, a difference
 * in git is a difference in meaning, and a field that a later version adds is simply missing here.
 */
export const FILE_FORMAT = 'request-workbench-collection';
export const FILE_VERSION = 1;

const id = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(64)));
/** A text of several lines is a list of them, so that a changed line is one changed line. */
const text = v.optional(v.union([v.string(), v.array(v.string())]));
const rowInFile = v.partial(v.omit(rowSchema, ['id']));
const variableInFile = v.partial(v.omit(variableSchema, ['id']));
const partInFile = v.partial(v.omit(partSchema, ['id']));
const bodyInFile = v.partial(
  v.object({
    ...draftBodySchema.entries,
    json: text,
    text,
    form: v.array(rowInFile),
    multipart: v.array(partInFile),
    graphql: v.partial(v.object({ ...draftBodySchema.entries.graphql.entries, query: text, variables: text })),
  }),
);
const draftInFile = v.partial(
  v.object({
    ...v.omit(draftSchema, ['id']).entries,
    params: v.array(rowInFile),
    headers: v.array(rowInFile),
    body: bodyInFile,
    auth: v.partial(draftAuthSchema),
    options: v.partial(draftOptionsSchema),
    variables: v.array(variableInFile),
    extract: v.array(v.partial(v.omit(extractionSchema, ['id']))),
  }),
);
const exampleInFile = v.object({
  ...v.omit(exampleSchema, ['id']).entries,
  name: v.optional(v.string()),
  reason: v.optional(v.string()),
  body: text,
  encoding: v.optional(exampleSchema.entries.encoding),
});

/** A request without its place in the tree. */
export const requestInFileSchema = v.object({
  kind: v.literal('request'),
  id,
  name: v.string(),
  notes: text,
  ...draftInFile.entries,
  examples: v.optional(v.array(exampleInFile)),
});

const folderMembers = {
  id,
  name: v.string(),
  notes: text,
  ...v.partial(
    v.object({
      ...v.omit(folderContentSchema, ['kind', 'notes']).entries,
      auth: v.partial(draftAuthSchema),
      headers: v.array(rowInFile),
      params: v.array(rowInFile),
      variables: v.array(variableInFile),
    }),
  ).entries,
};

/** A folder without what is in it. */
export const folderInFileSchema = v.object({ kind: v.literal('folder'), ...folderMembers });

/** Encrypted with AES-GCM under a key made of a passphrase with PBKDF2 and SHA-256; bytes in base64. */
export const sealedSecretsSchema = v.object({
  iterations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000)),
  salt: v.string(),
  iv: v.string(),
  /** Of JSON: per id, the requests and folders that lack something in the clear part, whole. */
  data: v.string(),
});

/** What stands in the file beside what is in the collection. */
export const fileHeadSchema = v.object({
  format: v.literal(FILE_FORMAT),
  version: v.literal(FILE_VERSION),
  ...folderMembers,
  secrets: v.optional(sealedSecretsSchema),
});

export type RequestInFile = v.InferOutput<typeof requestInFileSchema>;
export type FolderInFile = v.InferOutput<typeof folderInFileSchema>;
export type FileHead = v.InferOutput<typeof fileHeadSchema>;
export type SealedSecrets = v.InferOutput<typeof sealedSecretsSchema>;
export type FolderWithItems = FolderInFile & { items?: ItemInFile[] | undefined };
export type ItemInFile = RequestInFile | FolderWithItems;

const itemSchema: v.GenericSchema<unknown, ItemInFile> = v.lazy(() =>
  v.variant('kind', [
    requestInFileSchema,
    v.object({ ...folderInFileSchema.entries, items: v.optional(v.array(itemSchema)) }),
  ]),
);

/**
 * The whole file, for its published JSON Schema. It is read piece by piece, not by this: a file may be deeper than any
 * stack.
 */
export const collectionFileSchema = v.object({ ...fileHeadSchema.entries, items: v.optional(v.array(itemSchema)) });
export const itemDefinition = itemSchema;
