import type { ResponseHead } from '../model/exchange.ts';
import { ArrivalLog } from '../protocol/arrivals.ts';
import { LiveBytes } from '../protocol/live-bytes.ts';
import type { LivePiece } from '../protocol/messages.ts';

/** Bytes in one answer at most. */
const PIECE = 1024 * 1024;
/** Text that nobody has asked for by then is a download, not a stream. Bytes. */
const UNREAD = 4 * 1024 * 1024;
/** How long an answer may wait for the next byte, in ms: a panel that is gone must not leave it waiting for ever. */
const PATIENCE = 20_000;

const STREAM =
  /^(?:text\/event-stream|multipart\/x-mixed-replace|application\/(?:x-)?ndjson|application\/(?:x-)?jsonl(?:ines)?|application\/json-seq)$/;
const TEXT = /^text\/(?!html)/;

/** `stream`: the media type says that it has no end of its own. `text`: nobody knows its length. */
export function liveKind({ headers }: ResponseHead): 'stream' | 'text' | null {
  const field = (wanted: string): string | undefined => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const type = (field('content-type')?.split(';')[0] ?? '').trim().toLowerCase();
  if (STREAM.test(type)) return 'stream';
  return TEXT.test(type) && field('content-length') === undefined ? 'text' : null;
}

/** A body under way that panels may read as it comes. They ask for what comes next, so nothing piles up for them. */
class LiveBody {
  readonly arrivals = new ArrivalLog();
  readonly mayGiveUp: boolean;
  private bytes: LiveBytes | null = new LiveBytes();
  private isRead = false;
  private wake: (() => void)[] = [];

  constructor(mayGiveUp: boolean) {
    this.mayGiveUp = mayGiveUp;
  }

  async append(piece: Uint8Array): Promise<void> {
    const { bytes } = this;
    if (bytes === null) return;
    if (this.mayGiveUp && !this.isRead && bytes.size + piece.length > UNREAD) {
      this.end();
      return;
    }
    await bytes.append(piece);
    this.arrivals.note(bytes.size, Date.now());
    this.wakeAll();
  }

  async read(from: number): Promise<LivePiece> {
    this.isRead = true;
    if (this.bytes !== null && from >= this.bytes.size) await this.more();
    const { bytes } = this;
    if (bytes === null) return NOTHING;
    const piece = await bytes.read(from, from + PIECE);
    return { bytes: piece, arrivals: this.arrivals.within(from, from + piece.length), ended: false };
  }

  end(): void {
    this.bytes = null;
    this.wakeAll();
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE);
      this.wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private wakeAll(): void {
    const waiting = this.wake;
    this.wake = [];
    for (const wake of waiting) wake();
  }
}

const NOTHING: LivePiece = { bytes: new Uint8Array(), arrivals: [], ended: true };
const bodies = new Map<string, LiveBody>();

export interface OpenLive {
  readonly append: (piece: Uint8Array) => Promise<void>;
  /** Gives up what is kept for readers; returns when the bytes came. */
  readonly end: () => number[];
}

/** Makes a body readable as it comes; null where it is not one to be read so. */
export function openLive(id: string, head: ResponseHead): OpenLive | null {
  const kind = liveKind(head);
  if (kind === null) return null;
  const body = new LiveBody(kind === 'text');
  bodies.set(id, body);
  return {
    append: (piece) => body.append(piece),
    end() {
      bodies.delete(id);
      body.end();
      return body.arrivals.pairs;
    },
  };
}

/** What has come of a body from a place on, as soon as there is something; nothing more when it has ended. */
export async function readLive(id: string, from: number): Promise<LivePiece> {
  return (await bodies.get(id)?.read(from)) ?? NOTHING;
}
