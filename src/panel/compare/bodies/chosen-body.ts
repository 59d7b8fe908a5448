import type { ComparedBody } from '../../../inspect/body-compare.ts';
import type { BodySpec } from '../../../model/request-spec.ts';
import { LockedError } from '../../../storage/master-key.ts';
import type { HistoryReader } from '../../../storage/history-reader.ts';
import type { Capture } from '../../capture/capture.ts';
import { originalSnapshot } from '../../capture/original-snapshot.ts';
import { recordedSnapshot } from '../../history/recorded-snapshot.ts';
import { fieldValue } from '../../response/field-lines.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import type { BodyOrigin, BodyPart } from './open-body-compare.tsx';

/** Where one of two bodies is to come from, as far as it was said. */
export interface BodyChoice {
  readonly origin: BodyOrigin;
  readonly part: BodyPart;
  /** Which exchange of the list; null for none yet. */
  readonly id: string | null;
  readonly file: File | null;
  readonly text: string;
}

/** What there is to choose from. */
export interface BodyOffers {
  /** What the response side shows; null when that is nothing. */
  readonly view: ExchangeSnapshot | null;
  /** null where nothing is captured. */
  readonly capture: Capture | null;
  /** null where nothing of the past is read. */
  readonly history: HistoryReader | null;
}

export type FoundBody =
  | { readonly state: 'found'; readonly body: ComparedBody; readonly label: string }
  | {
      readonly state: 'missing';
      readonly why: 'entry' | 'file' | 'text' | 'none' | 'pending' | 'unknown' | 'gone' | 'locked';
    };

const missing = (why: Extract<FoundBody, { state: 'missing' }>['why']): FoundBody => ({ state: 'missing', why });

/** The body that a choice stands for, or why there is none. */
export async function findBody({ origin, part, id, file, text }: BodyChoice, offers: BodyOffers): Promise<FoundBody> {
  switch (origin) {
    case 'view':
      return offers.view === null ? missing('none') : bodyOf(offers.view, part, null);
    case 'file':
      return file === null ? missing('file') : found(file, file.type === '' ? null : file.type, file.name);
    case 'text':
      return text === '' ? missing('text') : found(new Blob([text]), null, '');
    case 'captured':
      return id === null ? missing('entry') : capturedBody(id, part, offers.capture);
    case 'history':
      return id === null ? missing('entry') : await recordedBody(Number(id), part, offers.history);
  }
}

function found(blob: Blob, contentType: string | null, label: string): FoundBody {
  return { state: 'found', body: { blob, contentType }, label };
}

function capturedBody(id: string, part: BodyPart, capture: Capture | null): FoundBody {
  const entry = capture?.get(id);
  if (capture === null || entry === undefined) return missing('gone');
  const kept = capture.responseBody(id);
  if (part === 'response' && kept.state === 'pending') return missing('pending');
  const whole = entry.body.state === 'exact' ? new Blob([new Uint8Array(entry.body.bytes)]) : null;
  return bodyOf(originalSnapshot(entry, kept), part, whole);
}

async function recordedBody(id: number, part: BodyPart, history: HistoryReader | null): Promise<FoundBody> {
  try {
    const opened = (await history?.open(id)) ?? null;
    if (opened === null) return missing('gone');
    return bodyOf(recordedSnapshot(opened, []), part, wholeBody(opened.exchange.request?.body));
  } catch (error) {
    return missing(error instanceof LockedError ? 'locked' : 'gone');
  }
}

/** What was given as it was sent; the other kinds were put together from parts. */
function wholeBody(spec: BodySpec | undefined): Blob | null {
  if (spec?.kind === 'blob') return spec.blob;
  return spec?.kind === 'text' ? new Blob([spec.text]) : null;
}

/** @param whole the request's body, where more than its beginning is known */
function bodyOf(snapshot: ExchangeSnapshot, part: BodyPart, whole: Blob | null): FoundBody {
  const { head, body, hops, state, isCaptured } = snapshot;
  const sent = hops[0]?.request ?? snapshot.prepared;
  const label = sent === null ? '' : `${sent.method} ${sent.url}`;
  if (part === 'request') {
    if (sent === null || sent.body.kind === 'none') return missing('none');
    const type = fieldValue(sent.headers, 'content-type');
    const start = sent.body.head;
    if (start.length === sent.body.size) return found(new Blob([new Uint8Array(start)]), type, label);
    return whole !== null && whole.size === sent.body.size ? found(whole, type, label) : missing('unknown');
  }
  if (state !== 'done') return missing('pending');
  if (head === null) return missing('none');
  if (hops.at(-1)?.bodyUnavailable === true) return missing('unknown');
  if (body === null) return missing(isCaptured === true ? 'unknown' : 'none');
  return found(body, fieldValue(head.headers, 'content-type'), label);
}
