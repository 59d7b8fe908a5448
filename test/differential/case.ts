/**
 * The requests that every sender sends: plain JSON, so that the same case can be handed to Python, to Node and to a
 * page of the extension. What JSON cannot say is written `{$bytes}`, `{$file}`, `{$chunks}` and `{$map}`.
 */

/** Base64. */
export interface Bytes {
  readonly $bytes: string;
}

/** Something with a length that is read while it is sent: a file in Python, a Blob or (with a name) a File here. */
export interface FileLike {
  readonly $file: string;
  readonly name?: string;
}

/** Something without a length, read piece by piece: a generator. Each piece is base64. */
export interface Chunks {
  readonly $chunks: readonly string[];
}

/** A mapping in its order; lists of pairs are plain arrays. */
export interface Mapping<V> {
  readonly $map: readonly (readonly [string, V])[];
}

export type Scalar = string | number | Bytes | null;
export type FieldValue = Scalar | readonly Scalar[];
export type Fields = Mapping<FieldValue> | readonly (readonly [string, FieldValue])[];
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type FileContent = string | Bytes | FileLike;
/** The content alone, or file name, content, media type and further fields of the part. */
export type FileSpec =
  | FileContent
  | readonly [filename: string | null, content: FileContent]
  | readonly [filename: string | null, content: FileContent, contentType: string]
  | readonly [filename: string | null, content: FileContent, contentType: string, fields: Record<string, string>];
export type Files = Mapping<FileSpec> | readonly (readonly [string, FileSpec])[];

export type AuthSetup =
  | { readonly type: 'pair' | 'basic' | 'digest' | 'proxy'; readonly username: string; readonly password: string }
  /** An auth class of the caller's own, which sets one field. */
  | { readonly type: 'own'; readonly field: string; readonly value: string };

export interface RetrySetup {
  readonly total?: number | false | null;
  readonly connect?: number;
  readonly read?: number;
  readonly status?: number;
  /** null: any method. */
  readonly allowedMethods?: readonly string[] | null;
  readonly statusForcelist?: readonly number[];
  readonly respectRetryAfterHeader?: boolean;
  readonly raiseOnStatus?: boolean;
}

export type Retries = number | RetrySetup;

/** null removes a session's field. */
export type HeaderPairs = readonly (readonly [string, string | null])[];

export interface SessionSetup {
  readonly headers?: HeaderPairs;
  readonly params?: Mapping<FieldValue>;
  readonly auth?: AuthSetup;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly maxRedirects?: number;
  /** For `http://`. */
  readonly retries?: Retries;
  /** Adapters for longer prefixes. */
  readonly mounts?: readonly { readonly prefix: string; readonly retries: Retries }[];
}

/**
 * One request. `url` and the values of Location may hold `{echo}`, the scripted server with the case's own path;
 * `{path}`, that path; `{host}`, that server's host and port; `{local}`, the same place by its other name; `{other}`,
 * a second port; `{closed}`, a port where nobody listens; `{httpbin}`.
 */
export interface Step {
  readonly method: string;
  readonly url: string;
  readonly params?: Fields | string | Bytes;
  readonly headers?: HeaderPairs;
  readonly data?: Fields | string | Bytes | FileLike | Chunks;
  readonly json?: Json;
  readonly files?: Files;
  readonly cookies?: Readonly<Record<string, string>>;
  readonly auth?: AuthSetup;
  readonly allowRedirects?: boolean;
  /** Milliseconds. */
  readonly timeout?: number | readonly [connect: number, read: number];
}

/** What the scripted server answers. */
export type Reply =
  | {
      readonly status?: number;
      readonly reason?: string;
      readonly fields?: readonly (readonly [string, string])[];
      readonly body?: string | Bytes;
    }
  /** Exactly these bytes (Latin-1), after which the connection ends: they should say so, or a client goes on using it. */
  | { readonly raw: string; readonly stalls?: true }
  | { readonly fault: 'reset' | 'close' | 'stall' };

export interface Case {
  readonly name: string;
  readonly session?: SessionSetup;
  /** Sent one after another by one session. */
  readonly steps: readonly Step[];
  /** By path below the case's own; the last reply of a list is repeated. Other paths get a short text. */
  readonly replies?: Readonly<Record<string, readonly Reply[]>>;
}

const utf8 = new TextEncoder();

function base64(content: string | Uint8Array): string {
  return Buffer.from(typeof content === 'string' ? utf8.encode(content) : content).toString('base64');
}

export const bytes = (content: string | Uint8Array): Bytes => ({ $bytes: base64(content) });

export const file = (content: string | Uint8Array, name?: string): FileLike =>
  name === undefined ? { $file: base64(content) } : { $file: base64(content), name };

export const chunks = (...pieces: readonly string[]): Chunks => ({ $chunks: pieces.map(base64) });

/** A mapping; integer-like names keep their place, which those of a plain object would not. */
export const map = (...pairs: readonly (readonly [string, FieldValue])[]): Mapping<FieldValue> => ({ $map: pairs });

/** The same for files. */
export const parts = (...pairs: readonly (readonly [string, FileSpec])[]): Mapping<FileSpec> => ({ $map: pairs });
