import * as v from 'valibot';
import { folderInFileSchema, requestInFileSchema, type SealedSecrets } from '../../formats/collection/file-schema.ts';
import { keepSecrets } from '../../formats/collection/keep-secrets.ts';
import { toFile, type DraftFrame } from '../../formats/collection/node-in-file.ts';
import {
  CollectionFileError,
  contentOf,
  readCollection,
  type CollectionFile,
  type FileNode,
} from '../../formats/collection/read-collection.ts';
import { withoutSecrets } from '../../formats/collection/secret-parts.ts';
import { createCollectionWriter } from '../../formats/collection/write-collection.ts';
import type { NodeContent } from '../../model/collection.ts';
import { maskUrl } from '../../model/secrets.ts';
import { TreeRefusal } from '../../model/tree-refusal.ts';
import {
  importNodes,
  previewImport,
  readSubtree,
  sealContents,
  type ImportedNode,
} from '../../storage/collection-transfer.ts';
import { provideUnlocked } from '../../storage/key-memory.ts';
import { sealWithPassphrase, unsealWithPassphrase, WrongPassphraseError } from '../../storage/passphrase-box.ts';
import { newDraft } from '../state/new-draft.ts';
import { rowsFromUrl } from '../state/query-rows.ts';
import type {
  ImportPreview,
  TransferPhase,
  TransferProblem,
  TransferReply,
  TransferRequest,
} from './transfer-messages.ts';

/** Bytes. Beyond this a browser's longest string is near. */
const LARGEST_FILE = 256 * 1024 * 1024;
/** Milliseconds. */
const TELL_EVERY = 50;

const frame: DraftFrame = { blank: newDraft, paramsOf: (url) => rowsFromUrl(url, []) };
const newId = (): string => crypto.randomUUID();

/** A file that was read, until it is known how it is to be taken in. */
interface OpenFile {
  readonly file: CollectionFile;
  readonly contents: readonly NodeContent[];
  readonly nodes: readonly ImportedNode[];
  readonly marked: readonly string[];
}

class TransferError extends Error {
  readonly problem: TransferProblem;

  constructor(problem: TransferProblem) {
    super(problem);
    this.problem = problem;
  }
}

/**
 * Writes and reads files of collections, away from the panel's thread.
 * @param reply hears everything
 * @returns what takes the requests, one after the other
 */
export function hostTransfer(reply: (message: TransferReply) => void): (request: TransferRequest) => Promise<void> {
  let open: OpenFile | null = null;
  let toldAt = 0;
  const tell = (phase: TransferPhase, done: number, total: number | null): void => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY && done !== total && done !== 0) return;
    toldAt = now;
    reply({ op: 'progress', phase, done, total });
  };

  async function carryOut(request: TransferRequest): Promise<void> {
    switch (request.op) {
      case 'keys':
        provideUnlocked(request.bits);
        return;
      case 'export':
        reply(await exportCollection(request, tell));
        return;
      case 'read':
        open = null;
        open = await readFile(request.file, request.marked, tell);
        reply({ op: 'preview', preview: await previewOf(open) });
        return;
      case 'import': {
        if (open === null) throw new TransferError('failed');
        const read = await withSecrets(open, request.passphrase);
        const { contents, nodes } = request.mode === 'copy' ? read : await withSecretsOfHere(read);
        const sealed = await sealContents(contents, (done) => tell('encrypting', done, contents.length));
        const { root, count, before } = await importNodes(nodes, sealed, request.mode, (done) =>
          tell('writing', done, nodes.length),
        );
        reply({ op: 'imported', root, count, before });
      }
    }
  }

  return async (request) => {
    try {
      await carryOut(request);
    } catch (error) {
      reply({ op: 'problem', ...problemOf(error) });
    }
  };
}

type Tell = (phase: TransferPhase, done: number, total: number | null) => void;

async function exportCollection(
  { id, passphrase, marked }: Extract<TransferRequest, { op: 'export' }>,
  tell: Tell,
): Promise<TransferReply> {
  tell('reading', 0, null);
  const found = await readSubtree(id);
  if (found === null) throw new TransferError('gone');
  const writer = createCollectionWriter(frame);
  const pieces: string[] = [];
  /** What lacks something in the clear part, whole. */
  const whole: Record<string, unknown> = {};
  let requests = 0;
  let leftOut = 0;
  for (const [at, { node, depth, content }] of found.entries()) {
    const own = await content();
    if (own === null) throw new TransferError('unreadable');
    const clean = withoutSecrets(own, marked);
    const hasSecrets = JSON.stringify(clean) !== JSON.stringify(own);
    if (hasSecrets) leftOut++;
    if (hasSecrets && passphrase !== null) whole[node.id] = toFile(node.id, node.name, own, frame);
    if (node.kind === 'request') requests++;
    pieces.push(writer.add({ node, content: clean, depth }));
    tell('writing', at, found.length);
  }
  const secrets =
    passphrase === null || leftOut === 0 ? null : await sealWithPassphrase(passphrase, Object.entries(whole));
  pieces.push(writer.end(secrets));
  const file = new Blob(pieces, { type: 'application/json' });
  return { op: 'exported', file, requests, leftOut: secrets === null ? leftOut : 0 };
}

async function readFile(file: Blob, marked: readonly string[], tell: Tell): Promise<OpenFile> {
  if (file.size > LARGEST_FILE) throw new TransferError('large');
  const text = await textOf(file, tell);
  tell('parsing', 0, null);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CollectionFileError('notJson', error instanceof Error ? error.message : '');
  }
  const read = readCollection(json, (items) => tell('checking', items, null));
  // Everything is made before anything is written: an item that cannot be is no half of an import.
  const contents = read.nodes.map((node, at) => {
    if (at % 100 === 0) tell('checking', at, read.nodes.length);
    return contentOf(node, node.id ?? newId(), frame, newId);
  });
  return { file: read, contents, nodes: nodesOf(read.nodes, contents, marked), marked };
}

function nodesOf(
  nodes: readonly FileNode[],
  contents: readonly NodeContent[],
  marked: readonly string[],
): ImportedNode[] {
  return nodes.map(({ id, name, parent, item }, at) => {
    const content = contents[at];
    const { method, url } = content?.kind === 'request' ? content.draft : { method: '', url: '' };
    return { id, name, parent, kind: item.kind, method, url: maskUrl(url, marked) };
  });
}

async function textOf(file: Blob, tell: Tell): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const pieces: string[] = [];
  const reader = file.stream().getReader();
  let done = 0;
  try {
    for (;;) {
      const piece = await reader.read();
      if (piece.done) break;
      done += piece.value.byteLength;
      pieces.push(decoder.decode(piece.value, { stream: true }));
      tell('reading', done, file.size);
    }
    pieces.push(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new CollectionFileError('notJson', 'UTF-8');
    throw new TransferError('unreadable');
  }
  return pieces.join('');
}

async function previewOf({ file, contents, nodes }: OpenFile): Promise<ImportPreview> {
  const requests = nodes.filter(({ kind }) => kind === 'request').length;
  return {
    name: nodes[0]?.name ?? '',
    requests,
    // The collection itself is none of its folders.
    folders: nodes.length - requests - 1,
    examples: contents.reduce((sum, content) => sum + (content.kind === 'request' ? content.examples.length : 0), 0),
    cleaned: file.cleaned,
    sealed: file.secrets !== null,
    existing: await previewImport(nodes),
  };
}

const wholeSchema = v.array(v.tuple([v.string(), v.union([requestInFileSchema, folderInFileSchema])]));

/** The file's nodes with their secrets, where there is a passphrase for them. */
async function withSecrets({ file, contents, nodes, marked }: OpenFile, passphrase: string | null): Promise<OpenFile> {
  if (passphrase === null || file.secrets === null) return { file, contents, nodes, marked };
  const whole = new Map(await wholeOf(file.secrets, passphrase));
  const complete = file.nodes.map((node, at) => {
    const item = whole.get(node.id ?? '');
    const known = contents[at];
    if (known === undefined || (item !== undefined && item.kind !== node.item.kind)) throw new TransferError('failed');
    return item === undefined ? known : contentOf({ ...node, item }, node.id ?? newId(), frame, newId);
  });
  return { file, contents: complete, nodes: nodesOf(file.nodes, complete, marked), marked };
}

/** The file's nodes with the secrets of those that are here already. */
async function withSecretsOfHere({ file, contents, nodes, marked }: OpenFile): Promise<OpenFile> {
  const root = nodes[0]?.id;
  const here = root == null ? null : await readSubtree(root);
  if (here === null) return { file, contents, nodes, marked };
  const byId = new Map(here.map(({ node, content }) => [node.id, content]));
  const complete: NodeContent[] = [];
  for (const [at, content] of contents.entries()) {
    const own = await byId.get(nodes[at]?.id ?? '')?.();
    complete.push(own == null ? content : keepSecrets(content, own, marked));
  }
  return { file, contents: complete, nodes: nodesOf(file.nodes, complete, marked), marked };
}

async function wholeOf(secrets: SealedSecrets, passphrase: string): Promise<v.InferOutput<typeof wholeSchema>> {
  const parsed = v.safeParse(wholeSchema, await unsealWithPassphrase(passphrase, secrets));
  if (!parsed.success) throw new CollectionFileError('malformed', 'secrets');
  return parsed.output;
}

function problemOf(error: unknown): { problem: TransferProblem; detail: string } {
  if (error instanceof CollectionFileError) return { problem: error.problem, detail: error.detail };
  if (error instanceof TransferError) return { problem: error.problem, detail: '' };
  if (error instanceof WrongPassphraseError) return { problem: 'passphrase', detail: '' };
  if (error instanceof TreeRefusal) return { problem: error.reason === 'deep' ? 'deep' : 'place', detail: '' };
  const detail = error instanceof Error ? error.message : String(error);
  return { problem: error instanceof DOMException && error.name === 'QuotaExceededError' ? 'quota' : 'failed', detail };
}
