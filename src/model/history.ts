import * as v from 'valibot';
import { draftSchema } from './draft.ts';
import { exchangeErrorSchema, hopSchema, preparedViewSchema, responseHeadSchema, wireNoteSchema } from './exchange.ts';
import { requestSpecSchema } from './request-spec.ts';

/**
 * What became of the bodies of a recorded exchange. `dropped`: they had to go for later ones; `unsaved`: the disk was
 * full, or the browser could not read them any more; `lost`: the background was stopped before it could write anything
 * down but method, URL and outcome.
 */
const bodyFates = ['none', 'kept', 'dropped', 'unsaved', 'lost'] as const;

/** One line of the history: everything that listing and sorting need, and no secret. Times are ms, sizes bytes. */
export const historyEntrySchema = v.object({
  /** Rises with every exchange recorded. */
  id: v.number(),
  /** When it was sent, since the epoch. */
  at: v.number(),
  method: v.string(),
  /** Of the last hop's request, with secrets masked. */
  url: v.string(),
  /** null when no response came. */
  status: v.nullable(v.number()),
  /** The exception's name in Requests. */
  error: v.nullable(v.string()),
  duration: v.number(),
  /** Of the response's body, decoded. */
  size: v.nullable(v.number()),
  /** The response's media type in lower case, without parameters. */
  type: v.string(),
  pinned: v.boolean(),
  bodies: v.picklist(bodyFates),
  /** What the whole record takes on disk, roughly. */
  bytes: v.number(),
  /** What the exchange was called while it was under way. */
  exchange: v.exactOptional(v.string()),
});

/** An exchange as it is told to history when it has ended. */
export const recordedExchangeSchema = v.object({
  /** null when its file is no longer there. */
  request: v.fallback(v.nullable(requestSpecSchema), null),
  /** What it was composed as; null for a replay of what a page had sent, and where it was not kept. */
  draft: v.fallback(v.optional(v.nullable(draftSchema), null), null),
  startedAt: v.number(),
  prepared: v.nullable(preparedViewSchema),
  plan: v.array(wireNoteSchema),
  hops: v.array(hopSchema),
  head: v.nullable(responseHeadSchema),
  error: v.nullable(exchangeErrorSchema),
  elapsed: v.number(),
  duration: v.number(),
  warnings: v.array(v.string()),
  /** When the bytes of a stream came: see protocol/arrivals.ts. */
  arrivals: v.optional(v.array(v.number())),
  /** All that is known of the request of one whose background was gone before it was recorded; secrets masked. */
  lost: v.exactOptional(v.object({ method: v.string(), url: v.string() })),
});

/** What a panel asks of the history, which the background alone writes. */
export const historyChangeSchema = v.variant('kind', [
  v.object({ kind: v.literal('pin'), entries: v.array(v.number()), pinned: v.boolean() }),
  v.object({ kind: v.literal('remove'), entries: v.array(v.number()) }),
  /** Makes the history fit its budget, after the budget was changed. */
  v.object({ kind: v.literal('fit') }),
  /** Everything that the background keeps: history, cookies, its own keys. */
  v.object({ kind: v.literal('erase') }),
  /** The background's part of a restore that is decided. */
  v.object({ kind: v.literal('restore') }),
]);

/** What every open panel hears of the history. */
export const historyNewsSchema = v.variant('kind', [
  v.object({ kind: v.literal('recorded'), entry: historyEntrySchema }),
  v.object({ kind: v.literal('changed'), entries: v.array(historyEntrySchema) }),
  v.object({ kind: v.literal('removed'), entries: v.array(v.number()) }),
  v.object({ kind: v.literal('erased') }),
  /** All that is kept is now what a backup held; whoever shows any of it begins anew. */
  v.object({ kind: v.literal('restored') }),
  /** An exchange could not be recorded, or only without its bodies. */
  v.object({ kind: v.literal('trouble'), reason: v.picklist(['quota', 'locked', 'other']), message: v.string() }),
]);

export type HistoryEntry = v.InferOutput<typeof historyEntrySchema>;
export type RecordedExchange = v.InferOutput<typeof recordedExchangeSchema>;
export type HistoryChange = v.InferOutput<typeof historyChangeSchema>;
export type HistoryNews = v.InferOutput<typeof historyNewsSchema>;
