import * as v from 'valibot';
import { draftSchema } from '../model/draft.ts';
import { exchangeErrorSchema, exchangeUpdateSchema, preparedViewSchema, wireNoteSchema } from '../model/exchange.ts';
import { historyChangeSchema } from '../model/history.ts';
import { requestSpecSchema } from '../model/request-spec.ts';
import { cookieSchema, sessionSettingsSchema } from '../model/session.ts';

/** The contract between panel and background. Every message is checked against these schemas on arrival. */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const session = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** What tells the cookies of a jar apart (RFC 6265bis 5.7 step 23). */
const cookieKeySchema = v.pick(cookieSchema, ['name', 'domain', 'hostOnly', 'path']);

/**
 * One request of a batch, sent at most once however often it is asked for by this id. It reaches no other hosts
 * (`name:port`, the port only where it is not the scheme's own) than those listed.
 */
const onceOrderSchema = v.object({
  id,
  request: requestSpecSchema,
  hosts: v.array(v.string()),
  /** The run of the browser in which it was first asked for. */
  era: v.string(),
});

/** What a panel may ask. `id` names the call; replies and events carry it back. */
export const panelMessageSchema = v.variant('type', [
  /** Starts an exchange; answered by `events`, the last of which is `end`. */
  v.object({
    type: v.literal('send'),
    id,
    request: requestSpecSchema,
    private: v.boolean(),
    /** What the request was composed as, for the history. */
    draft: v.exactOptional(draftSchema),
  }),
  /** Requests of a batch; each is answered by `told` when it has ended. */
  v.object({ type: v.literal('send-once'), id, private: v.boolean(), orders: v.array(onceOrderSchema) }),
  /** What became of these requests of a batch is on record: the background may forget them. */
  v.object({ type: v.literal('settled'), id, ids: v.array(id) }),
  /** Replies a name for this run of the browser: another one after each restart. */
  v.object({ type: v.literal('era'), id }),
  /** Aborts the exchange of that id. */
  v.object({ type: v.literal('cancel'), id }),
  /** Takes up an exchange again after the Port was lost; answered like `send` from its beginning. */
  v.object({ type: v.literal('attach'), id }),
  /** The Blob that an exchange was told to have at this URL is the panel's own now. */
  v.object({ type: v.literal('taken'), id, url: v.string() }),
  /** Replies what has come of a running body from a place on, as soon as there is something. */
  v.object({ type: v.literal('read-live'), id, exchange: id, from: v.number() }),
  /** Prepares without sending, spending no nonce: replies `{prepared, plan}`. */
  v.object({ type: v.literal('preview'), id, request: requestSpecSchema, private: v.boolean() }),
  /** Replies whether the extension may reach the URL's host. */
  v.object({ type: v.literal('access'), id, url: v.string() }),
  /** Opens what the browser needs to ask the user for access to the URL's host. */
  v.object({ type: v.literal('ask-access'), id, url: v.string() }),
  /** Opens the URL in a browser tab, so that the user can judge a certificate. */
  v.object({ type: v.literal('open-site'), id, url: v.string() }),
  /** Replies the exchanges that an earlier background left without an end; clears them from the journal. */
  v.object({ type: v.literal('unfinished'), id }),
  /** Changes the history, which the background alone writes; replies when it is done. */
  v.object({ type: v.literal('history'), id, change: historyChangeSchema }),
  /** Replies all sessions. Those of private windows are apart: they last as long as the background. */
  v.object({ type: v.literal('sessions'), id, private: v.boolean() }),
  /** Adds a session, or changes the one of that id. */
  v.object({ type: v.literal('put-session'), id, private: v.boolean(), settings: sessionSettingsSchema }),
  /** Removes a session with its jar. */
  v.object({ type: v.literal('remove-session'), id, private: v.boolean(), session }),
  /** Replies a session's cookies. */
  v.object({ type: v.literal('jar'), id, private: v.boolean(), session }),
  /** Changes a session's jar: removes first, then puts. Replies its cookies then. */
  v.object({
    type: v.literal('change-jar'),
    id,
    private: v.boolean(),
    session,
    remove: v.union([v.literal('all'), v.array(cookieKeySchema)]),
    put: v.array(cookieSchema),
  }),
  /** Replies a session's adapters in the order of match, and the one that the URL gets. */
  v.object({ type: v.literal('match-adapter'), id, private: v.boolean(), session, url: v.string() }),
]);

export const helloSchema = v.object({
  type: v.literal('hello'),
  /** The extension's version; the panel of another version asks to be reopened. */
  version: v.string(),
  browser: v.picklist(['chrome', 'firefox']),
  /** Default fields, in order, that a request carries unless it removes them. */
  defaultHeaders: v.array(v.tuple([v.string(), v.string()])),
});

export const previewSchema = v.variant('ok', [
  v.object({ ok: v.literal(true), prepared: preparedViewSchema, plan: v.array(wireNoteSchema) }),
  v.object({ ok: v.literal(false), error: exchangeErrorSchema }),
]);
export const accessSchema = v.object({ granted: v.boolean() });
const jarSchema = v.object({ cookies: v.array(cookieSchema) });
export const unfinishedSchema = v.array(
  v.object({ id: v.string(), method: v.string(), url: v.string(), startedAt: v.number() }),
);

export const livePieceSchema = v.object({
  /** Empty when nothing has come for a while, or nothing more will. */
  bytes: v.instance(Uint8Array),
  /** When they came: see arrivals.ts. */
  arrivals: v.array(v.number()),
  /** Nothing more is read this way: the rest, and all of it, is in the update `end`. */
  ended: v.boolean(),
});

export const backgroundMessageSchema = v.variant('type', [
  helloSchema,
  /** What has happened since the last such message, in order; of what replaces itself the latest. */
  v.object({ type: v.literal('events'), id, updates: v.array(exchangeUpdateSchema) }),
  /** Everything about exchanges of a batch that have ended. */
  v.object({ type: v.literal('told'), ended: v.array(v.object({ id, updates: v.array(exchangeUpdateSchema) })) }),
  v.object({ type: v.literal('reply'), id, value: v.unknown() }),
  /** The message could not be understood or carried out; `id` is null when it had none. */
  v.object({ type: v.literal('error'), id: v.nullable(v.string()), message: v.string() }),
]);

/** What each call that is answered by one `reply` gives. */
export const replySchemas = {
  'read-live': livePieceSchema,
  preview: previewSchema,
  access: accessSchema,
  'ask-access': accessSchema,
  'open-site': v.object({ opened: v.boolean() }),
  unfinished: unfinishedSchema,
  history: v.object({ done: v.literal(true) }),
  settled: v.object({ done: v.literal(true) }),
  era: v.object({ era: v.string() }),
  sessions: v.object({ sessions: v.array(sessionSettingsSchema) }),
  'put-session': v.object({ done: v.literal(true) }),
  'remove-session': v.object({ done: v.literal(true) }),
  jar: jarSchema,
  'change-jar': jarSchema,
  'match-adapter': v.object({ order: v.array(v.string()), matched: v.nullable(v.string()) }),
} as const;

export type PanelMessage = v.InferOutput<typeof panelMessageSchema>;
export type BackgroundMessage = v.InferOutput<typeof backgroundMessageSchema>;
export type OnceOrder = v.InferOutput<typeof onceOrderSchema>;
export type Hello = v.InferOutput<typeof helloSchema>;
export type Preview = v.InferOutput<typeof previewSchema>;
export type LivePiece = v.InferOutput<typeof livePieceSchema>;
export type Unfinished = v.InferOutput<typeof unfinishedSchema>;
export type CookieKey = v.InferOutput<typeof cookieKeySchema>;
export type AdapterMatch = v.InferOutput<(typeof replySchemas)['match-adapter']>;
export type CallType = keyof typeof replySchemas;
export type Reply<T extends CallType> = v.InferOutput<(typeof replySchemas)[T]>;

/** Port names start with this; the rest is the inspected tab's id, or empty in a plain tab. */
export const PORT_PREFIX = 'workbench:';
