import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Draft } from '../../model/draft.ts';
import type { ExchangeUpdate } from '../../model/exchange.ts';
import type { SessionSettings } from '../../model/session.ts';
import type { LivePiece, Unfinished } from '../../protocol/messages.ts';
import type { BackgroundClient } from '../background-client.ts';
import { maskUrl } from '../../model/secrets.ts';
import { strings } from '../strings.ts';
import { activeDrafts, activeFiles } from './active-request.ts';
import { sendUnrecorded, type Answer } from './send-unrecorded.ts';
import { fetchRemote, type RemoteBody } from './fetch-remote.ts';
import type { DraftStore } from './draft.ts';
import type { ExchangeSnapshot, StartExchange } from './exchange.ts';
import type { FileStore } from './files.ts';
import { folderScopes, sessionFor } from './folder-defaults.ts';
import { createHostAccess, type HostAccess } from './host-access.ts';
import { createOpenRequests, type OpenRequests } from './open-requests.ts';
import { createEnvironments } from './environments.ts';
import { createExtractions, type ExtractionStore } from './extraction.ts';
import { findInBody, type FindInBody } from './find-in-body.ts';
import { watchPreview, type PreviewState } from './preview.ts';
import { withLastEventId } from './last-event-id.ts';
import { requestFromDraft } from './request-from-draft.ts';
import { createSessions, type SessionStore } from './sessions.ts';
import { takenFromSession } from './taken-from-session.ts';
import { createVariables, wholeRequest, type VariableStore } from './variables.ts';

/** Everything that the panel shows and does, without its looks. */
export interface Workbench {
  /** All that are open; what follows is about the one whose tab is selected. */
  readonly requests: OpenRequests;
  readonly drafts: DraftStore;
  readonly files: FileStore;
  readonly preview: ReadonlySignal<PreviewState>;
  readonly exchange: ReadonlySignal<ExchangeSnapshot>;
  readonly running: ReadonlySignal<boolean>;
  readonly access: HostAccess;
  readonly sessions: SessionStore;
  /** The one that the draft is sent in; null when it was deleted. */
  readonly session: ReadonlySignal<SessionSettings | null>;
  readonly variables: VariableStore;
  /** By the tab of the request. */
  readonly extractions: ExtractionStore;
  /** Default fields, in order, that a request carries unless it removes them. */
  readonly defaultHeaders: ReadonlySignal<readonly (readonly [name: string, value: string])[]>;
  /** The page and its extension no longer belong together: only reopening helps. */
  readonly outdated: ReadonlySignal<boolean>;
  /** Exchanges of earlier panels that were cut off. */
  readonly unfinished: ReadonlySignal<Unfinished>;
  /** Sends the draft as it stands; nothing happens while an exchange is under way. */
  send(): void;
  /** Sends what the shown exchange was composed of once more, with this Last-Event-ID. */
  reconnect(lastEventId: string): void;
  /** Sends a draft of the panel's own: nothing of it is recorded. */
  sendUnrecorded(draft: Draft): Promise<Answer>;
  /** Gets a resource that a shown document names: nothing of it is recorded. */
  fetchRemote(url: string): Promise<RemoteBody | null>;
  /** What has come of a running body from a place on. */
  readLive(exchange: string, from: number): Promise<LivePiece>;
  /** Aborts the exchange under way. Returns whether there was one. */
  cancel(): boolean;
  dismissUnfinished(id: string): void;
  openSite(url: string): void;
  stop(): void;
}

interface WorkbenchOptions {
  client: BackgroundClient;
  /** The version of this page. */
  version: string;
  /** What the only tab begins with, where there are no `requests`. */
  draft?: Draft | undefined;
  requests?: OpenRequests;
  /** Tells when sessions have changed elsewhere. */
  hearSessions?: (listener: () => void) => () => void;
  variables?: VariableStore;
  find?: FindInBody;
}

export function createWorkbench({ client, version, draft: first, ...given }: WorkbenchOptions): Workbench {
  const requests = given.requests ?? createOpenRequests({ open: first ? [{ tab: 'only', draft: first }] : [] });
  const drafts = activeDrafts(requests.active);
  const files = activeFiles(requests.active);
  const exchange = computed(() => requests.active.value.exchanges.exchange.value);
  const unfinished = signal<Unfinished>([]);
  const sessions = createSessions(client, given.hearSessions ?? (() => () => {}));
  const session = computed(() =>
    sessionFor(drafts.draft.value, requests.active.value.folders.value, sessions.sessions.value),
  );
  const variables = given.variables ?? createVariables(createEnvironments({ storage: null, memory: null }));
  const extractions = createExtractions(variables.environments, given.find ?? findInBody);
  const { preview, stop: stopPreview } = watchPreview({
    draft: drafts.draft,
    files: files.files,
    session,
    resolve: (draft, session) => variables.forPreview(draft, wholeRequest(draft, session)),
    ask: (request) => client.preview(request),
  });
  const access = createHostAccess(client);
  const running = computed(() => exchange.value.state === 'running');
  const outdated = computed(() => {
    const hello = client.hello.value;
    return client.state.value === 'gone' || (hello !== null && hello.version !== version);
  });

  const stopFolders = effect(() => {
    variables.between.value = folderScopes(requests.active.value.folders.value);
  });
  const previewedUrl = computed(() => preview.value.prepared?.url ?? null);
  const stopAccess = effect(() => access.check(previewedUrl.value));
  // Nobody is left who could tell how it ended.
  const stopGone = effect(() => {
    if (client.state.value !== 'gone') return;
    for (const { exchanges } of requests.all.peek()) {
      if (exchanges.exchange.peek().state !== 'running') continue;
      exchanges.giveUp({
        name: 'OutcomeUnknown',
        code: 'outcome-unknown',
        message: strings.app.lostWithExtension,
        netError: null,
      });
    }
  });

  function sendDraft(draft: Draft): void {
    if (running.peek()) return;
    const { exchanges, tab } = requests.active.peek();
    if (client.state.peek() === 'gone') {
      exchanges.fail(draft, { name: 'RequestException', code: 'request', message: strings.app.gone, netError: null });
      return;
    }
    const chosen = files.files.peek();
    const known = session.peek();
    variables.forSending(draft, wholeRequest(draft, known), (resolved) => {
      const read = resolved.ok ? requestFromDraft(resolved.value.draft, chosen, resolved.value.session) : resolved;
      if (!read.ok) {
        exchanges.fail(draft, read.error);
        return;
      }
      const { request } = read;
      const environment = variables.environments.chosen.peek()?.id ?? null;
      const take = (update: ExchangeUpdate): void => {
        const snapshot = exchanges.exchange.peek();
        // Another sending may have taken its place.
        if (update.kind !== 'end' || snapshot.composed !== draft || snapshot.error !== null) return;
        void extractions.take(tab, snapshot, environment);
      };
      const send: StartExchange = (onUpdate) => {
        const hear = (update: ExchangeUpdate): void => {
          onUpdate(update);
          take(update);
        };
        return client.send(request, hear, draft);
      };
      exchanges.start(draft, send, takenFromSession(request, known?.name ?? null));
    });
  }

  async function askUnfinished(): Promise<void> {
    // Without an answer the channel has told why through its state.
    unfinished.value = await client.unfinished().catch(() => []);
  }
  void askUnfinished();

  return {
    requests,
    drafts,
    files,
    preview,
    exchange,
    running,
    access,
    sessions,
    session,
    variables,
    extractions,
    defaultHeaders: computed(() => client.hello.value?.defaultHeaders ?? []),
    outdated,
    unfinished,
    send: () => sendDraft(drafts.draft.peek()),
    reconnect(lastEventId) {
      const { composed } = exchange.peek();
      if (composed !== null) sendDraft(withLastEventId(composed, lastEventId));
    },
    sendUnrecorded: (draft) =>
      new Promise((settle) => {
        variables.forSending(draft, wholeRequest(draft, session.peek()), (resolved) => {
          const read = resolved.ok
            ? requestFromDraft(resolved.value.draft, files.files.peek(), resolved.value.session)
            : resolved;
          settle(sendUnrecorded(client, read));
        });
      }),
    fetchRemote: (url) => fetchRemote(client, url),
    readLive: (id, from) => client.readLive(id, from),
    cancel() {
      if (!running.peek()) return false;
      requests.active.peek().exchanges.cancel();
      return true;
    },
    dismissUnfinished(id) {
      unfinished.value = unfinished.value.filter((entry) => entry.id !== id);
    },
    openSite(url) {
      client.openSite(url).catch((error: unknown) => console.warn(error));
    },
    stop() {
      stopFolders();
      stopPreview();
      stopAccess();
      stopGone();
      sessions.stop();
    },
  };
}

/** Whether the draft is still the request that was cut off, as far as method and URL tell. */
export function isSameRequest(draft: Draft, entry: Unfinished[number]): boolean {
  const normal = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);
  // The journal holds no secrets.
  return (
    draft.method.toUpperCase() === entry.method.toUpperCase() &&
    maskUrl(normal(draft.url)) === maskUrl(normal(entry.url))
  );
}
