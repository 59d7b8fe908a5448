import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { writeCurl } from '../../formats/curl/write-curl.ts';
import { rawHttp } from '../../inspect/raw-http.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import { emptySelection, type Selection } from '../widgets/selection.ts';
import type { Capture } from './capture.ts';
import { completeBody, missingFiles, type MissingFile } from './missing-files.ts';
import type { ReplayOrder, Replays } from './replays.ts';
import { canReplay, type ReplayCookies } from './replay-spec.ts';

/** Which of an entry's two exchanges is shown. */
export type Side = 'original' | 'replay';

/** What a person does with captured requests: choose, look, send again. Without looks. */
export interface CaptureDesk {
  readonly capture: Capture;
  readonly replays: Replays;
  readonly selection: ReadonlySignal<Selection>;
  /** The selected entries, in the order of the list. */
  readonly selected: ReadonlySignal<readonly CapturedEntry[]>;
  readonly side: Signal<Side>;
  readonly cookies: Signal<ReplayCookies>;
  /** Files that are asked for before a replay can start; null when none are. */
  readonly asking: ReadonlySignal<{ readonly entry: CapturedEntry; readonly files: readonly MissingFile[] } | null>;
  /** How many of the last run could not be sent. */
  readonly skipped: Signal<number>;
  select(selection: Selection): void;
  /** Sends the selected entries again, or asks for the files that are missing. */
  replay(): void;
  /** Goes on with the replay that asked for files. */
  supply(files: ReadonlyMap<MissingFile, Blob>): Promise<void>;
  refuse(): void;
}

export function createCaptureDesk(capture: Capture, replays: Replays): CaptureDesk {
  const selection = signal<Selection>(emptySelection);
  const asking = signal<{ readonly entry: CapturedEntry; readonly files: readonly MissingFile[] } | null>(null);
  const side = signal<Side>('original');
  const cookies = signal<ReplayCookies>('captured');
  const skipped = signal(0);
  const selected = computed(() => {
    const { ids } = selection.value;
    // The list's order, unless the filter hides it: what was selected one by one is looked up directly.
    if (ids.size < 2) return (capture.version.value, [...ids].flatMap((id) => capture.get(id) ?? []));
    return capture.shown.value.filter(({ id }) => ids.has(id));
  });

  function start(orders: readonly ReplayOrder[]): void {
    side.value = 'replay';
    replays.start(orders, cookies.value);
  }

  return {
    capture,
    replays,
    selection,
    selected,
    side,
    cookies,
    asking,
    skipped,
    select(next) {
      if (next.active !== selection.value.active) {
        side.value = next.active !== null && replays.all.value.has(next.active) ? 'replay' : 'original';
      }
      selection.value = next;
    },
    replay() {
      skipped.value = 0;
      const entries = selected.value.filter(canReplay);
      const [only] = entries;
      if (only !== undefined && entries.length === 1 && only.body.state === 'incomplete') {
        asking.value = { entry: only, files: missingFiles(only) };
        return;
      }
      const complete = entries.filter(({ body }) => body.state !== 'incomplete');
      skipped.value = entries.length - complete.length;
      start(complete.map((entry) => ({ entry, body: bodyOf(entry) })));
    },
    async supply(files) {
      const { value } = asking;
      asking.value = null;
      if (value !== null) start([{ entry: value.entry, body: await completeBody(value.entry, files) }]);
    },
    refuse() {
      asking.value = null;
    },
  };
}

function bodyOf({ body }: CapturedEntry): Uint8Array<ArrayBuffer> | null {
  return body.state === 'exact' ? new Uint8Array(body.bytes) : null;
}

/** The entries as commands or messages for the clipboard; null when a body is not known. */
export function copyText(entries: readonly CapturedEntry[], format: 'curl' | 'raw'): string | null {
  if (entries.some(({ body }) => body.state === 'incomplete')) return null;
  return entries.map(format === 'curl' ? asCurl : asRaw).join('\n\n');
}

function asCurl(entry: CapturedEntry): string {
  const { method, url, requestHeaders } = entry;
  const host = URL.canParse(url) ? new URL(url).host : '';
  // curl says these by itself, in the same way.
  const headers = requestHeaders.filter(
    ([name, value]) =>
      !(/^host$/i.test(name) && value === host) && !(/^connection$/i.test(name) && /^keep-alive$/i.test(value)),
  );
  return writeCurl({ method, url, headers, body: bodyOf(entry) });
}

function asRaw(entry: CapturedEntry): string {
  const target = /^[a-z]+:\/\/[^/?]*(.*)$/i.exec(entry.url)?.[1] ?? entry.url;
  return rawHttp({
    startLine: `${entry.method} ${target} HTTP/1.1`,
    fields: entry.requestHeaders,
    body: bodyOf(entry),
  });
}
