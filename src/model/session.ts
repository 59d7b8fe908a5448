import * as v from 'valibot';
import { cookieModes, draftAuthSchema, ownAuthTypes, rowSchema } from './draft.ts';

/**
 * A session as a person sets it: what its requests inherit, and by which rules they are sent. Its cookies are kept apart
 * from it. Values of rows and of auth may hold `{{variables}}`. Times are milliseconds.
 */
const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** null: not limited. `false`: off, the failure itself is raised. */
const switchableCount = v.nullable(v.union([count, v.literal(false)]));

/** All the fields of urllib3's Retry. */
export const retrySettingsSchema = v.object({
  total: switchableCount,
  connect: switchableCount,
  read: switchableCount,
  redirect: switchableCount,
  status: v.nullable(count),
  other: v.nullable(count),
  /** Methods that may be repeated; null: any. */
  allowedMethods: v.nullable(v.array(v.string())),
  statusForcelist: v.array(v.pipe(v.number(), v.integer())),
  backoffFactor: milliseconds,
  backoffMax: milliseconds,
  backoffJitter: milliseconds,
  respectRetryAfterHeader: v.boolean(),
  retryAfterMax: milliseconds,
  raiseOnRedirect: v.boolean(),
  raiseOnStatus: v.boolean(),
  removeHeadersOnRedirect: v.array(v.string()),
});

export const adapterSettingsSchema = v.object({
  id: v.string(),
  /** Plain text that the URL begins with, case aside. */
  prefix: v.string(),
  retry: retrySettingsSchema,
  /** Limits of requests that name none of their own. */
  timeout: v.object({ connect: v.nullable(milliseconds), read: v.nullable(milliseconds) }),
  /** null: as the session says. */
  verify: v.nullable(v.boolean()),
});

export const sessionSettingsSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  name: v.string(),
  /** Milliseconds since the epoch; sessions are listed by it. */
  createdAt: v.number(),
  headers: v.array(rowSchema),
  /** Names of default fields (User-Agent, Accept …) that no request of this session carries. */
  defaultsOff: v.array(v.string()),
  params: v.array(rowSchema),
  auth: v.object({ ...draftAuthSchema.entries, type: v.picklist(ownAuthTypes) }),
  followRedirects: v.boolean(),
  maxRedirects: count,
  verify: v.boolean(),
  cookies: v.picklist(cookieModes),
  storeBrowserCookies: v.boolean(),
  /** An answer of 400 to 599 is an HTTPError. */
  raiseForStatus: v.boolean(),
  adapters: v.array(adapterSettingsSchema),
});

export const cookieSchema = v.object({
  name: v.string(),
  value: v.string(),
  /** '': it goes to every host. */
  domain: v.string(),
  hostOnly: v.boolean(),
  path: v.string(),
  secure: v.boolean(),
  httpOnly: v.boolean(),
  sameSite: v.exactOptional(v.picklist(['Strict', 'Lax', 'None'])),
  /** Milliseconds since the epoch; null: as long as the session. */
  expires: v.nullable(v.number()),
  creation: v.number(),
});

export type RetrySettings = v.InferOutput<typeof retrySettingsSchema>;
export type AdapterSettings = v.InferOutput<typeof adapterSettingsSchema>;
export type SessionSettings = v.InferOutput<typeof sessionSettingsSchema>;
export type StoredCookie = v.InferOutput<typeof cookieSchema>;

/** The session that is always there. */
export const DEFAULT_SESSION = 'default';

/** Requests' own: not even the first failure is tried again (`HTTPAdapter(max_retries=0)`). */
export const noRetries: RetrySettings = {
  total: 0,
  connect: null,
  read: false,
  redirect: null,
  status: null,
  other: null,
  allowedMethods: ['HEAD', 'GET', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'],
  statusForcelist: [],
  backoffFactor: 0,
  backoffMax: 120_000,
  backoffJitter: 0,
  respectRetryAfterHeader: true,
  retryAfterMax: 21_600_000,
  raiseOnRedirect: true,
  raiseOnStatus: true,
  removeHeadersOnRedirect: ['Cookie', 'Authorization', 'Proxy-Authorization'],
};

/** The prefixes that every session has an adapter for. */
export const basePrefixes = ['https://', 'http://'] as const;

/** A session with Requests' defaults. */
export function newSession(id: string, name: string, createdAt: number): SessionSettings {
  return {
    id,
    name,
    createdAt,
    headers: [],
    defaultsOff: [],
    params: [],
    auth: { type: 'none', username: '', password: '', token: '', headerName: '', headerValue: '' },
    followRedirects: true,
    maxRedirects: 30,
    verify: true,
    cookies: 'session',
    storeBrowserCookies: false,
    raiseForStatus: false,
    adapters: basePrefixes.map((prefix) => ({
      id: prefix,
      prefix,
      retry: noRetries,
      timeout: { connect: null, read: null },
      verify: null,
    })),
  };
}
