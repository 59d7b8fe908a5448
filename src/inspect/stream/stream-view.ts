import { blobSource, type ByteSource } from './byte-source.ts';
import { CsvScanner } from './csv-scanner.ts';
import { LineScanner } from './line-scanner.ts';
import { RecordFilter } from './record-filter.ts';
import { REACH, RecordIndex } from './record-index.ts';
import type { OnRecord, RecordScanner, StreamKind } from './record-scanner.ts';
import { parseSseBlock, type SseBlock } from './sse-event.ts';
import { SseScanner } from './sse-scanner.ts';
import type { StreamDetail, StreamRow, StreamState } from './stream-row.ts';

/** Bytes of a record that a row is made of, and a detail; characters of a row's text. */
const ROW_BYTES = 2048;
/** A record of CSV becomes a row of cells. */
const RECORD_BYTES = 16 * 1024;
const DETAIL_BYTES = 1024 * 1024;
const ROW_TEXT = 500;

interface Place {
  readonly record: number;
  readonly start: number;
  /** Behind what was read of it; `clipped` when there is more. */
  readonly end: number;
  readonly clipped: boolean;
  readonly bytes: Uint8Array;
}

interface StreamOptions {
  readonly kind: StreamKind;
  /** A label of the Encoding standard, for lines; event streams are UTF-8. */
  readonly charset: string;
  /** When the byte before an offset came. */
  readonly timeOf: (offset: number) => number | null;
}

/**
 * A stream as records, while it arrives and afterwards. It is told of every byte once and keeps only where records
 * are; what a row shows is read again from the source.
 */
export class StreamView {
  source: ByteSource = blobSource(new Blob());
  private readonly options: StreamOptions;
  private readonly index = new RecordIndex();
  private readonly scanner: RecordScanner;
  private readonly decoder: TextDecoder;
  private filter: RecordFilter | null = null;
  private done = false;
  private ids: { readonly idStart: number; readonly retryStart: number; id: string | null; retry: number | null };

  constructor(options: StreamOptions) {
    this.options = options;
    this.scanner = this.scan((start, _end, flags) => this.index.add(start, flags));
    this.decoder = decoderOf(options.kind === 'sse' ? 'utf-8' : options.charset);
    this.ids = { idStart: -1, retryStart: -1, id: null, retry: null };
  }

  /** More bytes; `source` must have them already. */
  push(bytes: Uint8Array): void {
    this.scanner.push(bytes);
  }

  finish(): void {
    this.done = true;
    this.scanner.finish();
  }

  async state(): Promise<StreamState> {
    const { id, retry } = await this.readIds();
    const pending = this.pending;
    const records = this.index.count + (pending > 0 ? 1 : 0);
    return {
      records,
      rows: this.filter === null ? records : this.filter.records.length,
      bytes: this.scanner.offset,
      done: this.done,
      filtering: this.filter !== null && !this.filter.limited && this.filter.offset < this.source.size,
      limited: this.filter?.limited ?? false,
      pending,
      lastId: id,
      retry,
    };
  }

  /** Lets only records through that hold the text; the empty text lets all through. */
  setFilter(query: string): void {
    this.filter = query === '' ? null : new RecordFilter(query, (onRecord) => this.scan(onRecord));
  }

  /** Looks at more of the stream for the filter; false when it has seen everything there is. */
  async advanceFilter(): Promise<boolean> {
    const { filter } = this;
    if (filter === null) return false;
    if (await filter.advance(this.source)) return true;
    if (this.done) filter.finish();
    return false;
  }

  /** Rows `from` to `to` of the list, the last not included. */
  async rows(from: number, to: number): Promise<StreamRow[]> {
    const rows: StreamRow[] = [];
    const limit = this.options.kind === 'csv' ? RECORD_BYTES : ROW_BYTES;
    for await (const place of this.places(from, to, limit)) rows.push(this.row(place));
    return rows;
  }

  /** The record in a row; null when there is no such row. */
  async detail(row: number): Promise<StreamDetail | null> {
    const record = this.recordOf(row);
    if (record === null) return null;
    const place = await this.place(record, DETAIL_BYTES);
    if (place === null) return null;
    const { kind, at, type } = this.row(place);
    const block = this.options.kind === 'sse' ? this.block(place) : null;
    const carried = this.index.before(record)?.idStart ?? -1;
    return {
      record,
      kind,
      at,
      type,
      lastId: block === null ? '' : (block.id ?? (await this.idBefore(record, carried))),
      retry: block?.retry ?? null,
      data: block === null ? this.text(place) : (block.data ?? block.comment ?? ''),
      size: place.end - place.start,
      clipped: place.clipped,
    };
  }

  /** The bytes of the rows' records as they came, up to a limit; null when they are more. */
  async copy(limit: number): Promise<string | null> {
    if (this.filter === null) {
      if (this.source.size > limit) return null;
      return this.decoder.decode(await this.source.read(0, this.source.size)).replace(/^\uFEFF/, '');
    }
    const separator = this.options.kind === 'sse' ? '\n\n' : '\n';
    let text = '';
    for await (const place of this.places(0, this.filter.records.length, DETAIL_BYTES)) {
      if (place.clipped || text.length + place.bytes.length > limit) return null;
      text += this.text(place) + separator;
    }
    return text;
  }

  private get pending(): number {
    // A block that nothing ends is no event, but it is shown as long as it may become one, and when it was cut off.
    const { pendingStart, offset } = this.scanner;
    const isMark = pendingStart === 0 && offset <= 3 && this.options.kind === 'sse';
    return isMark ? 0 : offset - pendingStart;
  }

  private scan(onRecord: OnRecord, offset = 0): RecordScanner {
    const { kind } = this.options;
    if (kind === 'csv') return new CsvScanner(onRecord, offset);
    return kind === 'sse' ? new SseScanner(onRecord, offset) : new LineScanner(onRecord, kind === 'ndjson', offset);
  }

  private recordOf(row: number): number | null {
    if (this.filter === null) return row < this.index.count + (this.pending > 0 ? 1 : 0) ? row : null;
    return row < this.filter.records.length ? this.filter.records.at(row) : null;
  }

  private async *places(from: number, to: number, limit: number): AsyncIterableIterator<Place> {
    let block: readonly Place[] = [];
    for (let row = from; row < to; row++) {
      const record = this.recordOf(row);
      if (record === null) return;
      let place = block[record - (block[0]?.record ?? Infinity)];
      if (place === undefined) {
        block = await this.blockOf(record, limit);
        place = block[record - (block[0]?.record ?? Infinity)];
      }
      if (place === undefined) return;
      yield place;
    }
  }

  private async place(record: number, limit: number): Promise<Place | null> {
    return (await this.blockOf(record, limit)).find((place) => place.record === record) ?? null;
  }

  /** All records from the checkpoint before `record` to the next one, each cut at `limit` bytes. */
  private async blockOf(record: number, limit: number): Promise<Place[]> {
    const isPending = record >= this.index.count;
    const nothing = { record: this.index.count, start: this.scanner.pendingStart, behind: null };
    const checkpoint = (isPending ? null : this.index.before(record)) ?? nothing;
    const base = checkpoint.start;
    const behind = checkpoint.behind ?? this.scanner.offset;
    const to = Math.min(behind, base + REACH + limit);
    const bytes = await this.source.read(base, to);
    const places: Place[] = [];
    let number = checkpoint.record;
    const add = (start: number, end: number, clipped: boolean): void => {
      const cut = Math.min(end, start + limit);
      const part = bytes.subarray(start - base, cut - base);
      places.push({ record: number++, start, end: cut, clipped: clipped || cut < end, bytes: part });
    };
    const scanner = this.scan((start, end) => add(start, end, false), base);
    if (isPending) {
      add(base, to, to < behind);
      return places;
    }
    scanner.push(bytes);
    if (to < behind) {
      if (scanner.pendingStart < to) add(scanner.pendingStart, to, true);
    } else if (this.done && checkpoint.behind === null) {
      scanner.finish();
    }
    return places;
  }

  private row(place: Place): StreamRow {
    const { record, end, clipped } = place;
    const isOpen = record >= this.index.count;
    const at = this.options.timeOf(end);
    if (this.options.kind === 'csv')
      return { record, kind: 'line', at, type: '', id: null, text: this.text(place), clipped };
    if (this.options.kind !== 'sse') {
      const { text, cut } = oneLine(this.text(place));
      return { record, kind: isOpen ? 'open' : 'line', at, type: '', id: null, text, clipped: clipped || cut };
    }
    const block = this.block(place);
    const { text, cut } = oneLine(block.data ?? noteText(block));
    return {
      record,
      kind: isOpen ? 'open' : block.data === null ? 'note' : 'event',
      at,
      type: block.data === null ? '' : block.type,
      id: block.id,
      text,
      clipped: clipped || cut,
    };
  }

  private text({ start, bytes }: Place): string {
    const text = this.decoder.decode(bytes);
    return start === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  private block(place: Place): SseBlock {
    return parseSseBlock(this.text(place));
  }

  private async idBefore(record: number, idStart: number): Promise<string> {
    const places = await this.blockOf(record, ROW_BYTES);
    const near = places.findLast((place) => place.record < record && this.block(place).id !== null);
    if (near !== undefined) return this.block(near).id ?? '';
    return idStart < 0 ? '' : ((await this.blockAt(idStart)).id ?? '');
  }

  private async blockAt(start: number): Promise<SseBlock> {
    const bytes = await this.source.read(start, Math.min(this.scanner.offset, start + REACH));
    let block: SseBlock | null = null;
    const scanner = new SseScanner((from, to) => {
      block ??= parseSseBlock(this.decoder.decode(bytes.subarray(from - start, to - start)));
    }, start);
    scanner.push(bytes);
    return block ?? parseSseBlock(this.decoder.decode(bytes));
  }

  private async readIds(): Promise<{ id: string | null; retry: number | null }> {
    const { idStart, retryStart } = this.index;
    if (idStart !== this.ids.idStart || retryStart !== this.ids.retryStart) {
      const id = idStart < 0 ? null : (await this.blockAt(idStart)).id;
      const retry = retryStart < 0 ? null : (await this.blockAt(retryStart)).retry;
      this.ids = { idStart, retryStart, id, retry };
    }
    return this.ids;
  }
}

/** Charsets that are not in single bytes cannot be split into lines either. */
function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset, { ignoreBOM: true });
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true });
  }
}

function oneLine(text: string): { text: string; cut: boolean } {
  const short = text.slice(0, ROW_TEXT);
  return { text: short.replaceAll(/\r\n|[\n\r]/g, ' \u21b5 '), cut: short.length < text.length };
}

/** What a block without data does. */
function noteText({ comment, id, retry }: SseBlock): string {
  const parts = [
    ...(comment === null ? [] : [`: ${comment}`]),
    ...(id === null ? [] : [`id: ${id}`]),
    ...(retry === null ? [] : [`retry: ${retry}`]),
  ];
  return parts.join('  ');
}
