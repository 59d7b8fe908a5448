import { blobPieces } from '../../inspect/blob-pieces.ts';
import { blobSource } from '../../inspect/stream/byte-source.ts';
import { StreamView } from '../../inspect/stream/stream-view.ts';
import { ArrivalLog, arrivedAt, type Arrivals } from '../../protocol/arrivals.ts';
import { LiveBytes } from '../../protocol/live-bytes.ts';
import type { StreamReply, StreamRequest } from './stream-messages.ts';

/** Milliseconds. */
const TELL_EVERY = 60;

/**
 * Holds one stream and answers what is asked of it: in a worker, or in the page for a short one that has ended.
 * @param reply hears everything
 * @returns what takes the requests; the first one must be `open`
 */
export function hostStream(reply: (message: StreamReply) => void): (request: StreamRequest) => void {
  const live = new LiveBytes();
  const log = new ArrivalLog();
  let arrivals: Arrivals = log.pairs;
  let view = newView({ kind: 'lines', charset: 'utf-8' });
  /** Bytes are taken one piece after the other. */
  let reading: Promise<void> = Promise.resolve();
  let filtering: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function newView(options: Pick<Extract<StreamRequest, { op: 'open' }>, 'kind' | 'charset'>): StreamView {
    return new StreamView({ ...options, timeOf: (offset) => arrivedAt(arrivals, offset) });
  }

  function failed(id: number | null, error: unknown): void {
    reply({ op: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }

  async function tell(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    reply({ op: 'state', state: await view.state() });
  }

  function tellSoon(): void {
    timer ??= setTimeout(() => void tell().catch((error: unknown) => failed(null, error)), TELL_EVERY);
  }

  function read(work: () => Promise<void>): void {
    reading = reading.then(work).catch((error: unknown) => failed(null, error));
  }

  function runFilter(): void {
    filtering ??= (async () => {
      try {
        while (await view.advanceFilter()) tellSoon();
        await tell();
      } catch (error) {
        failed(null, error);
      } finally {
        filtering = null;
      }
    })();
  }

  /** All of a Blob behind what was pushed already. */
  async function readRest(blob: Blob, from: number): Promise<void> {
    view.source = blobSource(blob);
    for await (const piece of blobPieces(from === 0 ? blob : blob.slice(from))) {
      view.push(piece);
      tellSoon();
    }
    view.finish();
    await tell();
    runFilter();
  }

  async function answer(request: Extract<StreamRequest, { id: number }>): Promise<StreamReply> {
    const { id } = request;
    if (request.op === 'rows') return { op: 'rows', id, rows: await view.rows(request.from, request.to) };
    if (request.op === 'detail') return { op: 'detail', id, detail: await view.detail(request.row) };
    return { op: 'copied', id, text: await view.copy(request.limit) };
  }

  return (request) => {
    switch (request.op) {
      case 'open': {
        const { blob } = request;
        view = newView(request);
        if (blob === null) {
          view.source = live;
          tellSoon();
        } else {
          ({ arrivals } = request);
          read(() => readRest(blob, 0));
        }
        return;
      }
      case 'piece':
        read(async () => {
          for (let at = 0; at + 1 < request.arrivals.length; at += 2)
            log.note(request.arrivals[at] ?? 0, request.arrivals[at + 1] ?? 0);
          arrivals = log.pairs;
          await live.append(request.bytes);
          view.push(request.bytes);
          tellSoon();
          runFilter();
          reply({ op: 'taken' });
        });
        return;
      case 'finish':
        read(async () => {
          if (request.arrivals.length > 0) ({ arrivals } = request);
          await readRest(request.blob, live.size);
        });
        return;
      case 'filter':
        view.setFilter(request.query);
        if (request.query === '') tellSoon();
        runFilter();
        return;
      case 'rows':
      case 'detail':
      case 'copy':
        answer(request).then(reply, (error: unknown) => failed(request.id, error));
    }
  };
}
