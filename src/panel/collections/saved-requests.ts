import { effect } from '@preact/signals';
import {
  MAX_DEPTH,
  ROOT,
  type CollectionNews,
  type CollectionNode,
  type Example,
  type FolderContent,
  type NodeContent,
  type RequestContent,
} from '../../model/collection.ts';
import type { Draft } from '../../model/draft.ts';
import { maskUrl } from '../../model/secrets.ts';
import type { NewNode } from '../../model/tree-command.ts';
import { TreeRefusal } from '../../model/tree-refusal.ts';
import type { CollectionStorage } from '../../storage/collections.ts';
import type { FolderDefaults } from '../state/folder-defaults.ts';
import type { OpenRequest, OpenRequests, SavedForm } from '../state/open-requests.ts';
import type { PreferenceStorage } from '../state/preferences.ts';
import { strings } from '../strings.ts';
import type { CollectionDesk } from './collection-desk.ts';
import { nameFor } from './request-name.ts';
import { isSameDraft } from './same-draft.ts';

const words = strings.collectionsStart;
/** Under which name the browser remembers the folder that was saved into last. */
const LAST_FOLDER = 'workbench-last-folder';

/** Where a request is saved: in a folder that is there, or in a new collection. */
export type Destination = { readonly folder: string } | { readonly fresh: string };

/** A request that is to be kept, and maybe what came back. */
export interface Kept {
  readonly draft: Draft;
  readonly name?: string;
  readonly example?: Example | null;
}

/** A request as it is saved. */
export interface SavedRequest {
  readonly name: string;
  readonly draft: Draft;
  readonly examples: readonly Example[];
  /** The outermost first. */
  readonly folders: readonly FolderDefaults[];
}

/** Ties open requests to their saved forms: a draft is saved in the node that has its id. */
export interface SavedRequests {
  /** Saves an open request where it is saved already. `unknown`: it is nowhere yet. */
  save(request: OpenRequest): Promise<'saved' | 'unknown' | 'failed'>;
  /** Saves it in a new place; the tab then belongs to that. */
  saveAs(request: OpenRequest, name: string, destination: Destination): Promise<boolean>;
  revert(request: OpenRequest): void;
  /** Changes what belongs to a folder or a saved request beside its draft. Resolves to whether it is saved. */
  change(id: string, change: Partial<FolderContent> & Partial<Pick<RequestContent, 'examples'>>): Promise<boolean>;
  /** Opens saved requests, each in a tab; one that is open is shown. Resolves to whether all could be read. */
  open(ids: readonly string[]): Promise<boolean>;
  /**
   * A saved request with what its folders give; null when it cannot be read.
   * @param known folders that were read before, by id
   */
  read(id: string, known?: Map<string, Promise<FolderDefaults[]>>): Promise<SavedRequest | null>;
  /** Saves requests in one step where something was saved last; null when that failed. */
  keep(kept: readonly Kept[]): Promise<{ count: number; folder: string } | null>;
  /** Where `keep` would save; null: in a new collection. */
  lastFolder(): Promise<string | null>;
  stop(): void;
}

interface SavedRequestsOptions {
  desk: CollectionDesk;
  storage: CollectionStorage;
  requests: OpenRequests;
  hear: (listener: (news: CollectionNews) => void) => () => void;
  memory: PreferenceStorage | null;
  /** Names that are secret besides the known ones. */
  marked: () => readonly string[];
}

export function createSavedRequests(options: SavedRequestsOptions): SavedRequests {
  const { desk, storage, requests, hear, memory, marked } = options;
  const { tree } = desk;
  /** The draft of each tab that was looked up. */
  const looked = new Map<string, string>();

  const facts = (draft: Draft): Pick<CollectionNode, 'method' | 'url'> => ({
    method: draft.method,
    url: maskUrl(draft.url, marked()),
  });

  async function look(request: OpenRequest): Promise<void> {
    const { id } = request.drafts.draft.peek();
    const [node, content] = await Promise.all([storage.node(id), storage.content(id)]).catch(
      () => [null, null] as const,
    );
    // Unless the tab holds another request by now.
    if (request.drafts.draft.peek().id !== id) return;
    request.saved.value = node === null || content?.kind !== 'request' ? null : formOf(node.name, content.draft);
    const folders = node === null ? [] : await foldersAbove(node).catch(() => []);
    if (request.drafts.draft.peek().id === id) request.folders.value = folders;
  }

  /** What the folders above a node give, the outermost first. */
  async function foldersAbove(node: CollectionNode): Promise<FolderDefaults[]> {
    const folders: FolderDefaults[] = [];
    let { parent } = node;
    for (let level = 0; parent !== ROOT && level < MAX_DEPTH; level++) {
      const [folder, content] = await Promise.all([storage.node(parent), storage.content(parent)]);
      if (folder === null) break;
      const {
        auth = null,
        headers = [],
        params = [],
        session = null,
        variables = [],
      } = content?.kind === 'folder' ? content : {};
      folders.unshift({ id: folder.id, name: folder.name, auth, headers, params, session, variables });
      parent = folder.parent;
    }
    return folders;
  }

  const stopLooking = effect(() => {
    const open = requests.all.value;
    for (const request of open) {
      const { id } = request.drafts.draft.value;
      if (looked.get(request.tab) === id) continue;
      looked.set(request.tab, id);
      void look(request);
    }
  });
  const stopHearing = hear((news) => {
    const touched = news.kind === 'changed' ? new Set([...news.removed, ...news.nodes.map(({ id }) => id)]) : null;
    for (const request of [...requests.all.peek(), ...requests.closed.peek()]) {
      const concerned = [request.drafts.draft.peek().id, ...request.folders.peek().map(({ id }) => id)];
      if (touched === null || concerned.some((id) => touched.has(id))) void look(request);
    }
  });

  async function lastFolder(): Promise<string | null> {
    await tree.open();
    const last = tree.get(memory?.getItem(LAST_FOLDER) ?? '');
    return last?.kind === 'folder' ? last.id : (tree.children(ROOT)[0]?.id ?? null);
  }

  function remember(folder: string): void {
    try {
      memory?.setItem(LAST_FOLDER, folder);
    } catch {
      // Full or forbidden: the first collection is taken next time.
    }
  }

  /** Adds requests to a folder; a new collection is made in the same step. Resolves to the folder. */
  async function add(entries: readonly (Kept & { id: string })[], destination: Destination): Promise<string | null> {
    const fresh = 'fresh' in destination ? crypto.randomUUID() : null;
    const folder = 'folder' in destination ? destination.folder : (fresh ?? ROOT);
    const nodes: NewNode[] = entries.map(({ id, draft, name }) => ({
      id,
      kind: 'request',
      name: name ?? nameFor(draft, marked()),
      ...facts(draft),
      under: fresh,
    }));
    if ('fresh' in destination) {
      nodes.unshift({ id: folder, kind: 'folder', name: destination.fresh, method: '', url: '', under: null });
    }
    const contents = new Map(entries.map((entry) => [entry.id, contentOf(entry)]));
    const place = { parent: fresh === null ? folder : ROOT, before: null };
    const done = await desk.run({ kind: 'add', nodes, place }, contents);
    if (done === null) return null;
    remember(folder);
    desk.expand(folder, true);
    return folder;
  }

  return {
    async save(request) {
      const draft = request.drafts.draft.peek();
      const before = await storage.content(draft.id).catch(() => null);
      if (before?.kind !== 'request') return 'unknown';
      try {
        const fields = { ...facts(draft), usedAt: Date.now() };
        const done = await desk.run(
          { kind: 'change', id: draft.id, fields },
          new Map([[draft.id, { ...before, draft }]]),
        );
        if (done === null) return desk.problem.peek() === 'gone' ? 'unknown' : 'failed';
        const [node] = done.change.nodes;
        request.saved.value = formOf(node?.name ?? '', draft);
        return 'saved';
      } catch (error) {
        return error instanceof TreeRefusal ? 'unknown' : 'failed';
      }
    },
    async saveAs(request, name, destination) {
      const draft = request.drafts.draft.peek();
      const isTaken = (await storage.node(draft.id).catch(() => null)) !== null;
      const id = isTaken ? crypto.randomUUID() : draft.id;
      const saved = { ...draft, id };
      if ((await add([{ id, draft: saved, name }], destination)) === null) return false;
      if (isTaken) request.drafts.replace({ ...request.drafts.draft.peek(), id });
      request.saved.value = formOf(name, saved);
      return true;
    },
    revert(request) {
      const saved = request.saved.peek();
      if (saved !== null) request.drafts.replace({ ...saved.draft, id: request.drafts.draft.peek().id });
    },
    async change(id, { notes, examples, ...folder }) {
      // As it is now: the draft may have been saved meanwhile.
      const node = await storage.node(id).catch(() => null);
      const now = await storage.content(id).catch(() => null);
      if (node === null || (now === null && node.kind === 'request')) return false;
      const next: NodeContent =
        now?.kind === 'request'
          ? { ...now, notes: notes ?? now.notes, examples: examples ?? now.examples }
          : { ...emptyFolder, ...now, ...folder, kind: 'folder', notes: notes ?? now?.notes ?? '' };
      return (await desk.run({ kind: 'change', id, fields: {} }, new Map([[id, next]]))) !== null;
    },
    async open(ids) {
      let all = true;
      for (const id of ids) {
        const shown = requests.all.peek().find(({ drafts }) => drafts.draft.peek().id === id);
        if (shown !== undefined) {
          requests.select(shown.tab);
          continue;
        }
        const content = await storage.content(id).catch(() => null);
        if (content?.kind !== 'request') {
          all = false;
          continue;
        }
        const request = requests.open({ ...content.draft, id });
        const name = tree.get(id)?.name;
        if (name !== undefined) request.saved.value = formOf(name, content.draft);
        const node = tree.get(id);
        if (node !== undefined) request.folders.value = await foldersAbove(node).catch(() => []);
        // When it was used is nothing to take back.
        await storage.run({ kind: 'change', id, fields: { usedAt: Date.now() } }).catch(() => null);
      }
      return all;
    },
    async read(id, known = new Map()) {
      const [node, content] = await Promise.all([storage.node(id), storage.content(id)]);
      if (node === null || content?.kind !== 'request') return null;
      const above = known.get(node.parent) ?? foldersAbove(node);
      known.set(node.parent, above);
      return { name: node.name, draft: { ...content.draft, id }, examples: content.examples, folders: await above };
    },
    async keep(kept) {
      const last = await lastFolder();
      const entries = kept.map((entry) => {
        const id = crypto.randomUUID();
        return { ...entry, id, draft: { ...entry.draft, id } };
      });
      const folder = await add(entries, last === null ? { fresh: words.saveDialog.standardName } : { folder: last });
      return folder === null ? null : { count: kept.length, folder: tree.get(folder)?.name ?? '' };
    },
    lastFolder,
    stop() {
      stopLooking();
      stopHearing();
    },
  };
}

/** A folder that gives nothing. */
export const emptyFolder: FolderContent = {
  kind: 'folder',
  notes: '',
  auth: null,
  headers: [],
  params: [],
  session: null,
  variables: [],
};

function contentOf({ draft, example }: Kept): RequestContent {
  return { kind: 'request', draft, notes: '', examples: example == null ? [] : [example] };
}

function formOf(name: string, draft: Draft): SavedForm {
  return { name, draft, isSame: (other) => isSameDraft(other, draft) };
}
