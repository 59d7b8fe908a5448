import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { parseMediaType } from '../../inspect/media-type.ts';
import type { CapturedBody, CapturedEntry } from '../../model/captured-entry.ts';
import type { InspectedNetwork, OpenedStream, ReadContent } from '../inspected-network.ts';
import { createBodyWitnesses } from './body-witnesses.ts';
import { createEntryList, type Dropped, type EntryList } from './entry-list.ts';
import { entryFromHar, harKey } from './entry-from-har.ts';
import { parseFilter, type Filter } from './filter.ts';
import { readHarEntry } from './har.ts';
import { stringPool } from './intern.ts';
import { createPageLog, type CapturedPage } from './pages.ts';
import { bodyEvidence, judgeBody, wantsCandidates, type BodyEvidence } from './request-body.ts';
import { createResponseBodies, type KeptBody } from './response-bodies.ts';
import type { SortOrder } from './sort.ts';
import { trackVisible } from './visible-entries.ts';

/** What the inspected page sends, as it happens. */
export interface Capture {
  /** Entries that pass the filter, in order. */
  readonly shown: ReadonlySignal<readonly CapturedEntry[]>;
  readonly total: ReadonlySignal<number>;
  readonly dropped: ReadonlySignal<Dropped & { readonly responseBodies: number; readonly unreadable: number }>;
  readonly filterText: Signal<string>;
  readonly filter: ReadonlySignal<Filter>;
  readonly order: Signal<SortOrder>;
  readonly grouped: Signal<boolean>;
  /** Entries stay when the page navigates. */
  readonly preserve: Signal<boolean>;
  readonly pinned: ReadonlySignal<ReadonlySet<string>>;
  /** The pages of the tab so far, in order of time. */
  readonly pages: ReadonlySignal<readonly CapturedPage[]>;
  /** Bodies exist here that only a recorder in the page can give. */
  readonly canRecord: boolean;
  readonly recording: ReadonlySignal<boolean>;
  /** Rises whenever an entry came, changed or went. */
  readonly version: ReadonlySignal<number>;
  /** Whatever the filter says, in the order in which they were heard of. */
  all(): Iterable<CapturedEntry>;
  get(id: string): CapturedEntry | undefined;
  responseBody(id: string): KeptBody;
  pin(ids: readonly string[], on: boolean): void;
  /** Empties the list but for what is pinned. */
  clear(): void;
  /** Reloads the page with the recorder in it, or without. */
  record(on: boolean): void;
}

interface CaptureOptions {
  network: InspectedNetwork;
  /** Entries that have been replayed, for the filter. */
  replayed: ReadonlySignal<ReadonlySet<string>>;
  /** Gathers what arrives: calls back soon, once. */
  soon?: (flush: () => void) => void;
}

/** How often, and how many times, the recorder is asked for a body that is still missing. */
const RECORDER_INTERVAL = 200;
const RECORDER_TRIES = 15;

const nextFrame = (flush: () => void): void => void requestAnimationFrame(flush);

export function createCapture({ network, replayed, soon = nextFrame }: CaptureOptions): Capture {
  const list: EntryList = createEntryList();
  const bodies = createResponseBodies();
  const witnesses = createBodyWitnesses();
  const intern = stringPool();
  const filterText = signal('');
  const filter = computed(() => parseFilter(filterText.value));
  const order = signal<SortOrder>({ by: 'time', descending: false });
  const preserve = signal(false);
  const recording = signal(false);
  const unreadable = signal(0);
  const visible = trackVisible(list);

  let nextId = 0;
  /** Entries that came from the log's past, or from the wire, and may be told of again: their ids by key. */
  const tentative = new Map<string, string>();
  const finished = new Map<string, number>();
  const wanting = new Map<string, { url: string; evidence: BodyEvidence }>();
  let arrived: CapturedEntry[] = [];

  function put(entry: CapturedEntry): void {
    arrived.push(entry);
    if (arrived.length === 1) soon(flush);
  }

  function flush(): void {
    const entries = arrived;
    arrived = [];
    forget(list.put(entries));
  }

  function forget(gone: readonly CapturedEntry[]): void {
    bodies.forget(gone.map(({ id }) => id));
    for (const { id } of gone) wanting.delete(id);
  }

  function find(id: string): CapturedEntry | undefined {
    return arrived.findLast((entry) => entry.id === id) ?? list.get(id);
  }

  function judge(url: string, evidence: BodyEvidence): CapturedBody {
    const verdict = judgeBody(evidence, witnesses.candidates(url, evidence), network);
    witnesses.settle(url, evidence, verdict);
    return verdict;
  }

  function hear(raw: unknown, content: ReadContent, isPast: boolean): void {
    const har = readHarEntry(raw);
    if (har === null) {
      unreadable.value += 1;
      return;
    }
    // data:, blob: and the like never leave the browser.
    if (!/^(?:https?|wss?):/i.test(har.request.url)) return;
    const key = harKey(har);
    const known = tentative.get(key) ?? openedAs(har.request.url, har.startedDateTime);
    if (isPast && known === undefined && countDown(finished, key)) return;
    if (!isPast && known === undefined && !pastIsTold) finished.set(key, (finished.get(key) ?? 0) + 1);
    if (known !== undefined) tentative.delete(key);
    const id = known ?? `c${nextId++}`;
    if (isPast) tentative.set(key, id);

    const { method, url, headers, postData } = har.request;
    const bare = url.replace(/#.*$/s, '');
    const evidence = bodyEvidence(
      method,
      headers.map(({ name, value }): [string, string] => [name, value]),
      postData?.text ?? null,
    );
    const body = judge(bare, evidence);
    if (wantsCandidates(body)) wanting.set(id, { url: bare, evidence });
    const entry = entryFromHar(har, { id, body, intern, writesHttp1: !network.replacesBytes });
    put(entry);
    log.note(entry);
    if (entry.status !== 0 && entry.kind !== 'websocket')
      bodies.fetch(id, { size: entry.sizes.content, charset: charsetOf(entry) }, content);
    if (recording.value && wanting.has(id)) askRecorder();
  }

  /** A stream that the wire told of when it opened, and the log tells of now that it is over. */
  function openedAs(url: string, startedAt: number): string | undefined {
    const key = `open ${url.replace(/#.*$/s, '')}`;
    const id = tentative.get(key);
    const entry = id === undefined ? undefined : find(id);
    if (entry === undefined || Math.abs(entry.startedAt - startedAt) > 1000) return undefined;
    tentative.delete(key);
    return id;
  }

  function hearOpened(opened: OpenedStream): void {
    const id = `c${nextId++}`;
    tentative.set(`open ${opened.url}`, id);
    put({
      id,
      startedAt: opened.startedAt,
      duration: null,
      method: 'GET',
      url: opened.url,
      kind: opened.kind,
      httpVersion: '',
      requestHeaders: opened.requestHeaders,
      body: { state: 'none' },
      status: opened.status,
      reason: opened.reason,
      responseHeaders: opened.responseHeaders,
      mimeType: opened.kind === 'eventsource' ? 'text/event-stream' : '',
      sizes: { transferred: null, content: null },
      phases: null,
      initiator: '',
      ip: '',
      fromCache: false,
      error: '',
    });
  }

  function judgeAgain(): void {
    for (const [id, { url, evidence }] of wanting) {
      const entry = find(id);
      const body = entry === undefined ? undefined : judge(url, evidence);
      if (body === undefined || !wantsCandidates(body)) wanting.delete(id);
      if (entry !== undefined && body !== undefined && body.state !== 'incomplete') put({ ...entry, body });
    }
  }

  let asking = false;
  /** The page copies bodies at its leisure: it is asked a few times. */
  function askRecorder(): void {
    if (asking) return;
    asking = true;
    let tries = RECORDER_TRIES;
    const ask = async (): Promise<void> => {
      for (const body of await network.takeRecorded()) witnesses.recorded(body);
      judgeAgain();
      tries -= 1;
      if (tries > 0 && wanting.size > 0 && recording.value) setTimeout(() => void ask(), RECORDER_INTERVAL);
      else asking = false;
    };
    void ask();
  }

  function removeWhere(test: (entry: CapturedEntry) => boolean): void {
    flush();
    forget(list.removeWhere(test));
  }

  const log = createPageLog({
    network,
    entries() {
      flush();
      return list.all();
    },
    onBegin(page) {
      if (!preserve.value) removeWhere(({ startedAt }) => startedAt < page.began);
      if (recording.value) void askWhetherRecording();
    },
  });

  async function askWhetherRecording(): Promise<void> {
    recording.value = await network.isRecording();
  }

  let pastIsTold = false;
  network.onFinished((raw, content) => hear(raw, content, false));
  network.onBodySeen((seen) => {
    witnesses.seen(seen);
    if (wanting.size > 0) judgeAgain();
  });
  network.onOpened(hearOpened);
  void network
    .earlier((raw, content) => hear(raw, content, true))
    .finally(() => {
      pastIsTold = true;
      finished.clear();
    });

  return {
    shown: computed(() =>
      visible({ filter: filter.value, order: order.value, pinned: list.pinned.value, replayed: replayed.value }),
    ),
    total: computed(() => (list.version.value, list.size)),
    dropped: computed(() => ({
      ...list.dropped.value,
      responseBodies: bodies.dropped.value,
      unreadable: unreadable.value,
    })),
    filterText,
    filter,
    order,
    grouped: signal(false),
    preserve,
    pinned: list.pinned,
    pages: log.pages,
    canRecord: network.needsRecorder,
    recording,
    version: list.version,
    all: () => list.all(),
    get: find,
    responseBody: (id) => (bodies.version.value, bodies.get(id)),
    pin: (ids, on) => list.pin(ids, on),
    clear() {
      removeWhere(() => true);
      witnesses.clear();
      tentative.clear();
    },
    record(on) {
      recording.value = on;
      network.reload(on);
    },
  };
}

function charsetOf({ responseHeaders }: CapturedEntry): string {
  const field = responseHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  return parseMediaType(field)?.parameters.get('charset')?.toLowerCase() ?? '';
}

/** Takes one from the count; whether there was one. */
function countDown(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}
