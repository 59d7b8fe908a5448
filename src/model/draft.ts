import * as v from 'valibot';
import { variableSchema } from './environment.ts';

/**
 * A draft: what a person edits, kept exactly as typed. Numbers are strings here because a half-typed number is part
 * of a draft; each body kind keeps its own text, so switching the kind loses nothing.
 */
export const rowSchema = v.object({
  id: v.string(),
  enabled: v.boolean(),
  name: v.string(),
  value: v.string(),
});

export const partSchema = v.object({
  id: v.string(),
  enabled: v.boolean(),
  name: v.string(),
  kind: v.picklist(['text', 'file']),
  value: v.string(),
  /** Chosen files cannot be kept over a restart: the name is, so that the panel can ask again. */
  filename: v.string(),
  contentType: v.string(),
  /** More header fields of the part, one `name: value` a line. */
  headers: v.optional(v.string(), ''),
});

export const bodyTypes = ['none', 'json', 'form', 'multipart', 'text', 'file', 'graphql'] as const;
export const draftBodySchema = v.object({
  type: v.picklist(bodyTypes),
  json: v.string(),
  text: v.string(),
  form: v.array(rowSchema),
  multipart: v.array(partSchema),
  filename: v.string(),
  graphql: v.object({ query: v.string(), variables: v.string(), operationName: v.string() }),
});

export const ownAuthTypes = ['none', 'basic', 'digest', 'bearer', 'custom'] as const;
/** `inherit`: the session's. */
export const authTypes = ['inherit', ...ownAuthTypes] as const;
export const draftAuthSchema = v.object({
  type: v.picklist(authTypes),
  username: v.string(),
  password: v.string(),
  token: v.string(),
  /** The custom scheme: a field of its own and its value. */
  headerName: v.string(),
  headerValue: v.string(),
});

export const cookieModes = ['session', 'browser', 'none'] as const;
/** Options that come from the session unless the request says otherwise. */
export const inheritedOptions = ['followRedirects', 'verify', 'cookies', 'raiseForStatus'] as const;
export const draftOptionsSchema = v.object({
  /** Seconds, as typed; empty means no limit. */
  connectTimeout: v.string(),
  readTimeout: v.string(),
  totalTimeout: v.string(),
  /** MiB, as typed; empty means no limit. Drafts stored before there was a limit have none. */
  responseLimit: v.optional(v.string(), ''),
  followRedirects: v.boolean(),
  maxRedirects: v.string(),
  retries: v.string(),
  verify: v.boolean(),
  cookies: v.picklist(cookieModes),
  storeBrowserCookies: v.boolean(),
  keepAuthorization: v.boolean(),
  raiseForStatus: v.optional(v.boolean(), false),
  /** What this request says itself although it is the standard value: it counts against the session's. */
  own: v.optional(v.array(v.picklist(inheritedOptions)), []),
});

export const extractionSources = ['json', 'header', 'cookie', 'regex'] as const;
export const extractionTargets = ['environment', 'global'] as const;
/** What a request takes out of its response, and the variable that it becomes. */
export const extractionSchema = v.object({
  id: v.string(),
  enabled: v.boolean(),
  /** The variable's name. */
  name: v.string(),
  from: v.picklist(extractionSources),
  /** A JSONPath, the name of a field or of a cookie, or a regular expression, by `from`. */
  value: v.string(),
  into: v.picklist(extractionTargets),
});

export const draftSchema = v.object({
  id: v.string(),
  method: v.string(),
  url: v.string(),
  /** Mirrors the URL's query while rows are enabled; disabled rows live only here. */
  params: v.array(rowSchema),
  headers: v.array(rowSchema),
  /** Names of default fields (User-Agent, Accept …) and of the session's fields that this request leaves out. */
  defaultsOff: v.array(v.string()),
  /** Names of the session's params that this request leaves out. */
  paramsOff: v.optional(v.array(v.string()), []),
  body: draftBodySchema,
  auth: draftAuthSchema,
  options: draftOptionsSchema,
  /** Id of the session that it is sent in. */
  session: v.optional(v.string(), 'default'),
  /** Count for this request alone, before all others. */
  variables: v.optional(v.array(variableSchema), []),
  extract: v.optional(v.array(extractionSchema), []),
});

export type Row = v.InferOutput<typeof rowSchema>;
export type Part = v.InferOutput<typeof partSchema>;
export type DraftBody = v.InferOutput<typeof draftBodySchema>;
export type DraftAuth = v.InferOutput<typeof draftAuthSchema>;
export type DraftOptions = v.InferOutput<typeof draftOptionsSchema>;
export type Extraction = v.InferOutput<typeof extractionSchema>;
export type Draft = v.InferOutput<typeof draftSchema>;
