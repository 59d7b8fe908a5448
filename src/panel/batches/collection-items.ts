import type { BatchItem, Original } from '../../model/batch.ts';
import type { Example } from '../../model/collection.ts';
import type { SessionSettings } from '../../model/session.ts';
import { fromBase64 } from '../../storage/passphrase-box.ts';
import { liveSource, sampleSource } from '../../variables/dynamic.ts';
import { Resolver } from '../../variables/resolver.ts';
import type { SavedRequest, SavedRequests } from '../collections/saved-requests.ts';
import type { ChosenFiles } from '../state/files.ts';
import { folderScopes, sessionFor, type FolderDefaults } from '../state/folder-defaults.ts';
import { requestFromDraft, type ReadRequest } from '../state/request-from-draft.ts';
import { UnresolvedError } from '../state/resolve-draft.ts';
import { wholeRequest, type VariableStore } from '../state/variables.ts';
import { COMPARED_BODY } from './judge.ts';

/** A saved request that was left out, and why; null: it cannot be read. */
export interface LeftOut {
  readonly name: string | null;
  readonly why: string | null;
}

interface CollectionParts {
  readonly saved: Pick<SavedRequests, 'read'>;
  readonly variables: Pick<VariableStore, 'scopesFor' | 'ask'>;
  readonly sessions: readonly SessionSettings[];
  /** The files that were chosen for a request which is open in a tab: nothing saved holds them. */
  readonly filesOf: (id: string) => ChosenFiles;
  readonly missed: (what: LeftOut) => void;
}

/**
 * Saved requests as items of a batch, in the order given. Each is read as `Send` reads it: in the session, with the
 * fields, parameters, credentials and variables of its folders. What has to be asked is asked once for all of them;
 * without an answer there is no item.
 */
export async function* fromCollection(ids: readonly string[], parts: CollectionParts): AsyncGenerator<BatchItem> {
  const { saved, variables, missed } = parts;
  const folders = new Map<string, Promise<FolderDefaults[]>>();
  const found: SavedRequest[] = [];
  const ahead = sampleSource(() => '');
  for (const id of ids) {
    const request = await saved.read(id, folders).catch(() => null);
    if (request === null) {
      missed({ name: null, why: null });
      continue;
    }
    found.push(request);
    // Only to hear what it asks.
    readWith(request, parts, (scopes) => new Resolver(scopes, ahead));
  }
  const { asked } = ahead;
  const answers = asked.length === 0 ? new Map() : await new Promise<Answers>((then) => variables.ask(asked, then));
  if (answers === null) return;
  for (const request of found) {
    const read = readWith(request, parts, (scopes) => new Resolver(scopes, liveSource(answers)));
    if (read.ok) yield { request: read.request, original: originalOf(request.examples) };
    else missed({ name: request.name, why: read.error.message });
  }
}

type Answers = ReadonlyMap<string, string> | null;
type Scopes = ReturnType<VariableStore['scopesFor']>;

function readWith(
  { draft, folders }: SavedRequest,
  { variables, sessions, filesOf }: CollectionParts,
  resolver: (scopes: Scopes) => Resolver,
): ReadRequest {
  try {
    const session = sessionFor(draft, folders, sessions);
    const whole = wholeRequest(draft, session)(resolver(variables.scopesFor(draft, folderScopes(folders))));
    return requestFromDraft(whole.draft, filesOf(draft.id), whole.session);
  } catch (error) {
    if (error instanceof UnresolvedError) return { ok: false, error: error.error };
    throw error;
  }
}

/** The newest example is what one expects; null: nobody has kept one. */
function originalOf(examples: readonly Example[]): Original | null {
  const newest = examples.reduce<Example | null>((best, one) => (best === null || one.at > best.at ? one : best), null);
  if (newest === null) return null;
  const { status, headers, body, encoding } = newest;
  return { status, headers, body: bodyOf(body, encoding), duration: null };
}

function bodyOf(body: string, encoding: Example['encoding']): Original['body'] {
  try {
    // Only what is UTF-8 is kept as text: either way these are the bytes that came.
    const bytes = encoding === 'base64' ? fromBase64(body) : new TextEncoder().encode(body);
    return bytes.length > COMPARED_BODY
      ? { state: 'large', size: bytes.length }
      : { state: 'known', bytes, isText: false };
  } catch {
    // Taken in from a file, and no base64 after all.
    return { state: 'unknown' };
  }
}
