import * as v from 'valibot';
import { draftAuthSchema, draftSchema, rowSchema } from './draft.ts';
import { variableSchema } from './environment.ts';

/**
 * Collections: folders of saved requests. The tree is kept apart from what its nodes hold, so that a list of many
 * thousands is there without decrypting one of them.
 */

/** The parent of what stands at the top. Only folders may stand there: those are the collections. */
export const ROOT = '';
/** Folders in folders; what is deeper is refused. */
export const MAX_DEPTH = 64;
/** Characters of a name. */
export const MAX_NAME = 500;

/** One line of the tree, with no secret in it. */
export const collectionNodeSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** A folder's id, or ROOT. */
  parent: v.string(),
  /** Its place among its siblings: they are sorted by it, as code units. */
  key: v.string(),
  kind: v.picklist(['folder', 'request']),
  name: v.string(),
  /** Of a request, for the list; empty for a folder. */
  method: v.string(),
  /** Likewise, with secrets masked. */
  url: v.string(),
  /** When it was opened or saved last, in ms since the epoch; 0: never. */
  usedAt: v.number(),
  /** Rises with every change of the node or of what it holds. */
  revision: v.number(),
});

/** A response that was kept with a request, to show what one may expect. */
export const exampleSchema = v.object({
  id: v.string(),
  name: v.string(),
  /** When it came, in ms since the epoch. */
  at: v.number(),
  status: v.number(),
  reason: v.string(),
  headers: v.array(v.tuple([v.string(), v.string()])),
  /** The body: text as it is, anything else in base64. */
  body: v.string(),
  encoding: v.picklist(['text', 'base64']),
});

export const requestContentSchema = v.object({
  kind: v.literal('request'),
  draft: draftSchema,
  /** Markdown. */
  notes: v.optional(v.string(), ''),
  examples: v.optional(v.array(exampleSchema), []),
});

export const folderContentSchema = v.object({
  kind: v.literal('folder'),
  notes: v.optional(v.string(), ''),
  /** What the requests in it have unless they say otherwise. null: nothing of its own. */
  auth: v.optional(v.nullable(draftAuthSchema), null),
  headers: v.optional(v.array(rowSchema), []),
  params: v.optional(v.array(rowSchema), []),
  /** A session's id; null: none of its own. */
  session: v.optional(v.nullable(v.string()), null),
  variables: v.optional(v.array(variableSchema), []),
});

/** What a node holds. */
export const nodeContentSchema = v.variant('kind', [requestContentSchema, folderContentSchema]);

/** What every open panel hears of the collections. */
export const collectionNewsSchema = v.variant('kind', [
  v.object({ kind: v.literal('changed'), nodes: v.array(collectionNodeSchema), removed: v.array(v.string()) }),
  /** So much is different that everything is to be read again. */
  v.object({ kind: v.literal('replaced') }),
]);

export type CollectionNode = v.InferOutput<typeof collectionNodeSchema>;
export type Example = v.InferOutput<typeof exampleSchema>;
export type RequestContent = v.InferOutput<typeof requestContentSchema>;
export type FolderContent = v.InferOutput<typeof folderContentSchema>;
export type NodeContent = v.InferOutput<typeof nodeContentSchema>;
export type CollectionNews = v.InferOutput<typeof collectionNewsSchema>;

/** The order of siblings. Two of the same key stand by their ids, so that every panel sees the same. */
export function bySiblingOrder(a: CollectionNode, b: CollectionNode): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
