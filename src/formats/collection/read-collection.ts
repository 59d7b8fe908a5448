import * as v from 'valibot';
import { MAX_DEPTH, MAX_NAME, type NodeContent } from '../../model/collection.ts';
import {
  fileHeadSchema,
  FILE_FORMAT,
  FILE_VERSION,
  folderInFileSchema,
  requestInFileSchema,
  type FileHead,
  type FolderInFile,
  type RequestInFile,
  type SealedSecrets,
} from './file-schema.ts';
import { fromFile, type DraftFrame } from './node-in-file.ts';

/** Folders and requests of one file; the disk and a person's eye end somewhere. */
export const MAX_ITEMS = 100_000;

export const fileProblems = ['notJson', 'foreign', 'later', 'malformed', 'deep', 'many'] as const;
export type FileProblem = (typeof fileProblems)[number];

/** Why a file cannot be taken in. `detail` says where, or what it seems to be. */
export class CollectionFileError extends Error {
  readonly problem: FileProblem;
  readonly detail: string;

  constructor(problem: FileProblem, detail = '') {
    super(`${problem}: ${detail}`);
    this.name = 'CollectionFileError';
    this.problem = problem;
    this.detail = detail;
  }
}

/** A folder or request of the file, before its place is made for it. */
export interface FileNode {
  /** As in the file; null: it had none, or one that was there already. */
  readonly id: string | null;
  readonly name: string;
  /** The index of the folder it stands in; null for the collection itself, which comes first. */
  readonly parent: number | null;
  readonly item: RequestInFile | FolderInFile;
}

export interface CollectionFile {
  /** Parents before their children, siblings in their order. */
  readonly nodes: readonly FileNode[];
  readonly secrets: SealedSecrets | null;
  /** How many names held characters that draw nothing, or turn the direction of the text around them. */
  readonly cleaned: number;
}

/**
 * Reads a file that was parsed as JSON. Every item is checked against the schema; members that are not known are left out.
 * @param onProgress is told how many items were read
 * @throws CollectionFileError
 */
export function readCollection(json: unknown, onProgress: (items: number) => void = () => {}): CollectionFile {
  const head = readHead(json);
  const { format: _, version: __, secrets, ...fields } = head;
  const top: FolderInFile = { kind: 'folder', ...fields };
  const nodes: FileNode[] = [];
  const ids = new Set<string>();
  let cleaned = 0;

  const add = (item: RequestInFile | FolderInFile, parent: number | null): void => {
    const name = cleanName(item.name);
    if (name !== item.name) cleaned++;
    const id = item.id === undefined || ids.has(item.id) ? null : item.id;
    if (id !== null) ids.add(id);
    nodes.push({ id, name, parent, item });
    if (nodes.length > MAX_ITEMS) throw new CollectionFileError('many', String(MAX_ITEMS));
    if (nodes.length % 1000 === 0) onProgress(nodes.length);
  };

  add(top, null);
  // A queue, not a recursion: a file may be deeper than any stack.
  const waiting: { index: number; items: unknown; depth: number; path: string }[] = [
    { index: 0, items: itemsOf(json), depth: 1, path: 'items' },
  ];
  for (const { index, items, depth, path } of waiting) {
    if (items === undefined) continue;
    if (!Array.isArray(items)) throw new CollectionFileError('malformed', `${path}: a list was expected`);
    if (items.length > MAX_ITEMS) throw new CollectionFileError('many', String(MAX_ITEMS));
    if (items.length > 0 && depth >= MAX_DEPTH) throw new CollectionFileError('deep', String(MAX_DEPTH));
    for (const [at, raw] of items.entries()) {
      const where = `${path}[${at}]`;
      const item = readItem(raw, where);
      add(item, index);
      if (item.kind === 'folder') {
        waiting.push({ index: nodes.length - 1, items: itemsOf(raw), depth: depth + 1, path: `${where}.items` });
      }
    }
  }
  onProgress(nodes.length);
  return { nodes, secrets: secrets ?? null, cleaned };
}

/** What a node of the file holds. @throws CollectionFileError */
export function contentOf({ item, name }: FileNode, id: string, frame: DraftFrame, newId: () => string): NodeContent {
  try {
    return fromFile(item, id, frame, newId);
  } catch (error) {
    throw error instanceof v.ValiError ? new CollectionFileError('malformed', `${name}: ${error.message}`) : error;
  }
}

function readHead(json: unknown): FileHead {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new CollectionFileError('foreign');
  const { format, version } = json as { format?: unknown; version?: unknown };
  if (format !== FILE_FORMAT) throw new CollectionFileError('foreign', guessOf(json));
  if (typeof version === 'number' && version > FILE_VERSION) throw new CollectionFileError('later', String(version));
  const parsed = v.safeParse(fileHeadSchema, json);
  if (!parsed.success) throw malformed(parsed.issues, '');
  return parsed.output;
}

function readItem(raw: unknown, where: string): RequestInFile | FolderInFile {
  const isFolder = typeof raw === 'object' && raw !== null && 'kind' in raw && raw.kind === 'folder';
  const parsed = v.safeParse(isFolder ? folderInFileSchema : requestInFileSchema, raw, { abortEarly: true });
  if (!parsed.success) throw malformed(parsed.issues, where);
  return parsed.output;
}

function malformed(
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
  where: string,
): CollectionFileError {
  const [issue] = issues;
  const path = [where, v.getDotPath(issue) ?? ''].filter(Boolean).join('.');
  return new CollectionFileError('malformed', `${path}: ${issue.message}`);
}

function itemsOf(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'items' in raw ? raw.items : undefined;
}

/** What another program's file seems to be, for the message. */
function guessOf(json: object): string {
  if ('info' in json && 'item' in json) return 'Postman';
  if ('log' in json) return 'HAR';
  if ('openapi' in json || 'swagger' in json) return 'OpenAPI';
  if ('_type' in json || 'resources' in json) return 'Insomnia';
  return '';
}

/**
 * A name without what draws nothing (C0, DEL, C1) and what turns the direction of text around it (Unicode UAX 9: the
 * explicit marks, overrides and isolates).
 */
export function cleanName(name: string): string {
  const clean = name
    .slice(0, MAX_NAME)
    .replaceAll(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, ' ')
    .trim();
  // Half a pair is what cutting leaves of a character beyond the first plane.
  return clean.replace(/[\uD800-\uDBFF]$/, '');
}
