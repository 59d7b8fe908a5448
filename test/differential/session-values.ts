/** From the plain JSON of a case to what the engine takes. */
import { AuthBase, HTTPBasicAuth, HTTPDigestAuth, HTTPProxyAuth, Retry } from '../../src/http/index.ts';
import type {
  AuthInit,
  DataInit,
  FileSpec,
  FilesInit,
  PairValue,
  ParamsInit,
  PreparedRequest,
} from '../../src/http/index.ts';
import type {
  AuthSetup,
  Fields,
  FieldValue,
  FileContent,
  Files,
  FileSpec as CaseFile,
  Retries,
  Scalar,
  Step,
} from './case.ts';

type Binary = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

function decode(base64: string): Binary {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function scalar(value: Scalar): string | number | Binary | null {
  return typeof value === 'object' && value !== null ? decode(value.$bytes) : value;
}

function isList(value: FieldValue): value is readonly Scalar[] {
  return Array.isArray(value);
}

function isPairs(fields: Fields): fields is Exclude<Fields, { $map: unknown }> {
  return Array.isArray(fields);
}

function fieldValue(value: FieldValue): PairValue {
  return isList(value) ? value.map(scalar) : scalar(value);
}

export function fields(given: Fields): Map<string, PairValue> | (readonly [string, PairValue])[] {
  if (isPairs(given)) return given.map(([name, value]) => [name, fieldValue(value)] as const);
  return new Map(given.$map.map(([name, value]) => [name, fieldValue(value)]));
}

export function params(given: NonNullable<Step['params']>): ParamsInit {
  if (typeof given === 'string') return given;
  return '$bytes' in given ? decode(given.$bytes) : fields(given);
}

async function* pieces(given: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of given) yield decode(piece);
}

export function data(given: NonNullable<Step['data']>): DataInit {
  if (typeof given === 'string') return given;
  if ('$bytes' in given) return decode(given.$bytes);
  if ('$file' in given) return new Blob([decode(given.$file)]);
  return '$chunks' in given ? pieces(given.$chunks) : fields(given);
}

function content(given: FileContent): string | Binary | Blob {
  if (typeof given === 'string') return given;
  if ('$bytes' in given) return decode(given.$bytes);
  const read = decode(given.$file);
  return given.name === undefined ? new Blob([read]) : new File([read], given.name);
}

function isTuple(spec: CaseFile): spec is Extract<CaseFile, readonly unknown[]> {
  return Array.isArray(spec);
}

function fileSpec(given: CaseFile): FileSpec {
  if (!isTuple(given)) return content(given);
  const [filename, inner, ...rest] = given;
  return [filename, content(inner), ...rest];
}

export function files(given: Files): FilesInit {
  const list = '$map' in given ? given.$map : given;
  return list.map(([name, spec]) => [name, fileSpec(spec)] as const);
}

/** The guide's own example of an auth class. */
class OwnAuth extends AuthBase {
  readonly #field: string;
  readonly #value: string;

  constructor(field: string, value: string) {
    super();
    this.#field = field;
    this.#value = value;
  }

  apply(r: PreparedRequest): PreparedRequest {
    r.headers.set(this.#field, this.#value);
    return r;
  }
}

export function auth(setup: AuthSetup): AuthInit {
  switch (setup.type) {
    case 'pair':
      return [setup.username, setup.password];
    case 'basic':
      return new HTTPBasicAuth(setup.username, setup.password);
    case 'digest':
      return new HTTPDigestAuth(setup.username, setup.password);
    case 'proxy':
      return new HTTPProxyAuth(setup.username, setup.password);
    case 'own':
      return new OwnAuth(setup.field, setup.value);
  }
}

export function retries(setup: Retries): number | Retry {
  if (typeof setup === 'number') return setup;
  const { allowedMethods, statusForcelist, ...rest } = setup;
  return new Retry({
    ...rest,
    ...(allowedMethods !== undefined && { allowedMethods: allowedMethods && new Set(allowedMethods) }),
    ...(statusForcelist !== undefined && { statusForcelist: new Set(statusForcelist) }),
  });
}

/** Text as UTF-8, one character a byte. */
export function latin1(value: Uint8Array | string): string {
  return Buffer.from(typeof value === 'string' ? encoder.encode(value) : value).toString('latin1');
}
