import * as v from 'valibot';
import { cookieModes } from './draft.ts';

/**
 * A Request as it crosses from the panel to the background: a draft with its variables resolved and its numbers read.
 * Nothing is quoted or encoded yet: preparation is the engine's.
 */
const pair = v.tuple([v.string(), v.string()]);
const milliseconds = v.nullable(v.pipe(v.number(), v.finite()));

const partSchema = v.object({
  name: v.string(),
  value: v.union([v.string(), v.instance(Blob)]),
  /** null: a plain field. */
  filename: v.nullable(v.string()),
  contentType: v.nullable(v.string()),
  /** More header fields, in order, each name once. */
  headers: v.exactOptional(v.array(pair)),
});

export const bodySpecSchema = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({
    kind: v.literal('text'),
    text: v.string(),
    /** Content-Type to send when the headers name none; null sends none. */
    contentType: v.nullable(v.string()),
    /** The text must be JSON; the background refuses it otherwise. */
    json: v.boolean(),
  }),
  v.object({ kind: v.literal('form'), pairs: v.array(pair) }),
  v.object({ kind: v.literal('multipart'), parts: v.array(partSchema) }),
  v.object({ kind: v.literal('blob'), blob: v.instance(Blob), contentType: v.nullable(v.string()) }),
]);

export const authSpecSchema = v.variant('type', [
  v.object({ type: v.literal('basic'), username: v.string(), password: v.string() }),
  v.object({ type: v.literal('digest'), username: v.string(), password: v.string() }),
  v.object({ type: v.literal('bearer'), token: v.string() }),
  v.object({ type: v.literal('custom'), name: v.string(), value: v.string() }),
]);

export const inheritedSchema = v.object({
  /** null removes a default field from every request. */
  headers: v.array(v.tuple([v.string(), v.nullable(v.string())])),
  params: v.array(pair),
  auth: v.nullable(authSpecSchema),
});

export const requestSpecSchema = v.object({
  method: v.string(),
  /** As typed, query included. */
  url: v.string(),
  /** In order; null removes a default field. Repeated names are repeated lines. */
  headers: v.array(v.tuple([v.string(), v.nullable(v.string())])),
  body: bodySpecSchema,
  auth: v.nullable(authSpecSchema),
  timeout: v.object({ connect: milliseconds, read: milliseconds, total: milliseconds }),
  /** Bytes of the body, decoded, after which the exchange ends with what came; without it there is no limit. */
  responseLimit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  followRedirects: v.boolean(),
  /** null: the session's. */
  maxRedirects: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** null: those of the adapter that the session has mounted for the URL. */
  retries: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** null: as that adapter, or else the session, says. */
  verify: v.nullable(v.boolean()),
  cookies: v.picklist(cookieModes),
  /** With `cookies: 'browser'`: write received cookies back into the browser. */
  storeBrowserCookies: v.boolean(),
  keepAuthorization: v.boolean(),
  /** Id of the session whose jar, adapters and redirect limit it is sent with. */
  session: v.string(),
  /** What the session gives its requests, variables resolved; merged by the engine, as Requests merges. */
  inherited: v.exactOptional(inheritedSchema),
  /** Names of the session's params that this request leaves out: `params={name: None}`. */
  paramsOff: v.exactOptional(v.array(v.string())),
  /** An answer of 400 to 599 is an HTTPError. */
  raiseForStatus: v.exactOptional(v.boolean()),
  /**
   * A replay: method, URL, fields and body (`none` or `blob`) are complete and go out as they are, without default fields,
   * requoting or an added Content-Length. Auth and retries do not apply.
   */
  exact: v.exactOptional(v.literal(true)),
});

export type BodySpec = v.InferOutput<typeof bodySpecSchema>;
export type AuthSpec = v.InferOutput<typeof authSpecSchema>;
export type Inherited = v.InferOutput<typeof inheritedSchema>;
export type RequestSpec = v.InferOutput<typeof requestSpecSchema>;
