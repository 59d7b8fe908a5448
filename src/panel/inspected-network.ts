import * as v from 'valibot';
import browser, { type WebRequest } from 'webextension-polyfill';
import { recordBodies } from '../page/recorder.ts';
import type { HeaderLines } from '../model/exchange.ts';

/** A response body as the network log gives it. Text was decoded by its charset; bytes are exact. */
export type ReadContent = () => Promise<string | Uint8Array<ArrayBuffer> | null>;

/** One finished request: a HAR entry, not looked at yet. */
export type OnFinished = (raw: unknown, content: ReadContent) => void;

/** What the wire showed of one request's body. */
export interface SeenBody {
  readonly method: string;
  /** Without fragment. */
  readonly url: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A connection that stays open after its handshake, which the log tells of late or never. */
export interface OpenedStream {
  readonly kind: 'websocket' | 'eventsource';
  readonly url: string;
  readonly startedAt: number;
  readonly requestHeaders: HeaderLines;
  readonly status: number;
  readonly reason: string;
  readonly responseHeaders: HeaderLines;
}

export interface PageStart {
  /** Milliseconds since the epoch at which the page's navigation began. */
  readonly at: number;
  readonly url: string;
}

/** A body that the recorder in the page says it sent. */
export interface RecordedBody {
  readonly method: string;
  readonly url: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The inspected tab's network, as the panel may see it. Listeners live as long as the panel. */
export interface InspectedNetwork {
  /** The log's text of a request body has U+FFFD where bytes were no UTF-8, and is unpacked. */
  readonly replacesBytes: boolean;
  /** Bodies exist that only a recorder in the page can give. */
  readonly needsRecorder: boolean;
  onFinished(listener: OnFinished): void;
  onNavigated(listener: () => void): void;
  onBodySeen(listener: (seen: SeenBody) => void): void;
  onOpened(listener: (opened: OpenedStream) => void): void;
  /** What the log held before the panel listened. */
  earlier(listener: OnFinished): Promise<void>;
  /** When the page that is shown began; null when it does not answer in time. */
  pageStart(): Promise<PageStart | null>;
  /** Reloads the page, with the recorder in it or without. */
  reload(withRecorder: boolean): void;
  /** Whether the recorder is in the page that is shown. */
  isRecording(): Promise<boolean>;
  /** Bodies that the recorder has kept since the last call. The page's word: nothing but their form was checked. */
  takeRecorded(): Promise<RecordedBody[]>;
}

/** Bounds on what the page may hand over at once. */
const RECORDER_LIMITS = { each: 16 * 1024 * 1024, all: 64 * 1024 * 1024 };
const ANSWER_LIMIT = 2000;

const fieldText = v.pipe(v.string(), v.maxLength(64 * 1024));
const recordedSchema = v.pipe(
  v.array(
    v.object({
      method: v.pipe(v.string(), v.maxLength(64)),
      url: fieldText,
      contentType: fieldText,
      body: v.pipe(v.string(), v.maxLength(Math.ceil(RECORDER_LIMITS.each / 3) * 4)),
    }),
  ),
  v.maxLength(1000),
);
const answered = v.object({ answer: v.unknown() });
/** Firefox gives the result and the exception, Chromium the result alone. */
const answerSchema = v.union([
  answered,
  v.pipe(
    v.looseTuple([answered]),
    v.transform(([result]) => result),
  ),
]);
const pageStartSchema = v.tuple([v.pipe(v.number(), v.finite()), v.string()]);

/** The network of the tab that DevTools inspects. Call it in a DevTools panel only. */
export function inspectedNetwork(): InspectedNetwork {
  const { network, inspectedWindow } = browser.devtools;
  // Firefox's panels have no webRequest; its log is exact without.
  const wire: WebRequest.Static | undefined = browser.webRequest;
  /** Told to the recorder alone, so that no page can know it beforehand. */
  const key = `recorder-${crypto.randomUUID()}`;

  async function evaluate(expression: string): Promise<unknown> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const bound = new Promise<null>((resolve) => (timer = setTimeout(resolve, ANSWER_LIMIT, null)));
    const answer = await Promise.race([inspectedWindow.eval(`({ answer: ${expression} })`).catch(() => null), bound]);
    clearTimeout(timer);
    const parsed = v.safeParse(answerSchema, answer);
    return parsed.success ? parsed.output.answer : undefined;
  }

  return {
    replacesBytes: wire !== undefined,
    needsRecorder: wire !== undefined,
    onFinished(listener) {
      network.onRequestFinished.addListener((request) => {
        listener(request, () => readContent(request, (request as unknown as { getContent?: GetContent }).getContent));
      });
    },
    onNavigated(listener) {
      network.onNavigated.addListener(() => listener());
    },
    onBodySeen(listener) {
      wire?.onBeforeRequest.addListener(
        (details) => {
          const bytes = rawBytes(details.requestBody);
          if (bytes !== null) listener({ method: details.method, url: withoutFragment(details.url), bytes });
        },
        { urls: ['<all_urls>'], tabId: inspectedWindow.tabId },
        ['requestBody'],
      );
    },
    onOpened(listener) {
      if (wire !== undefined) watchStreams(wire, inspectedWindow.tabId, listener);
    },
    async earlier(listener) {
      const log: unknown = await network.getHAR();
      const parsed = v.safeParse(v.object({ entries: v.array(v.looseObject({})) }), log);
      if (!parsed.success) return;
      for (const entry of parsed.output.entries) {
        listener(entry, () => readContent(entry, (entry as { getContent?: GetContent }).getContent));
      }
    },
    async pageStart() {
      const answer = v.safeParse(pageStartSchema, await evaluate('[performance.timeOrigin, location.href]'));
      return answer.success ? { at: answer.output[0], url: answer.output[1] } : null;
    },
    reload(withRecorder) {
      const script = `(${String(recordBodies)})(${JSON.stringify(key)}, ${JSON.stringify(RECORDER_LIMITS)});`;
      inspectedWindow.reload(withRecorder ? { injectedScript: script } : {});
    },
    async isRecording() {
      return (await evaluate(`Symbol.for(${JSON.stringify(key)}) in globalThis`)) === true;
    },
    async takeRecorded() {
      const answer = await evaluate(`globalThis[Symbol.for(${JSON.stringify(key)})]?.drain() ?? []`);
      const parsed = v.safeParse(recordedSchema, answer);
      if (!parsed.success) return [];
      return parsed.output.flatMap(({ body, ...rest }) => {
        const bytes = fromBase64(body);
        return bytes === null ? [] : [{ ...rest, url: withoutFragment(rest.url), bytes }];
      });
    },
  };
}

const withoutFragment = (url: string): string => url.replace(/#.*$/s, '');

type GetContent = () => Promise<unknown>;

const contentSchema = v.union([
  /** Chromium. */
  v.object({ content: v.nullable(v.string()), encoding: v.optional(v.string()) }),
  /** Firefox: the content and its media type. */
  v.pipe(
    v.looseTuple([v.nullable(v.string())]),
    v.transform(([content]) => ({ content, encoding: undefined })),
  ),
]);
const logContentSchema = v.object({
  response: v.object({
    content: v.object({ text: v.optional(v.nullable(v.string())), encoding: v.optional(v.string()) }),
  }),
});

/** Firefox says only in the entry that its content is base64, and puts that of earlier entries there too. */
async function readContent(
  entry: unknown,
  getContent: GetContent | undefined,
): Promise<string | Uint8Array<ArrayBuffer> | null> {
  const inLog = v.safeParse(logContentSchema, entry);
  const logged = inLog.success ? inLog.output.response.content : {};
  if (getContent === undefined) return decoded(logged.text ?? null, logged.encoding);
  const answer = v.safeParse(contentSchema, await getContent.call(entry));
  if (!answer.success) return null;
  return decoded(answer.output.content, answer.output.encoding ?? logged.encoding);
}

function decoded(content: string | null, encoding: string | undefined): string | Uint8Array<ArrayBuffer> | null {
  return content === null || encoding !== 'base64' ? content : fromBase64(content);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}

/** All of the body in one piece; null where the browser leaves a part of it out. */
function rawBytes(
  body: WebRequest.OnBeforeRequestDetailsTypeRequestBodyType | undefined | null,
): Uint8Array<ArrayBuffer> | null {
  if (body?.error !== undefined || body?.raw === undefined) return null;
  const parts: Uint8Array[] = [];
  for (const { bytes, file } of body.raw) {
    if (!(bytes instanceof ArrayBuffer) || file !== undefined) return null;
    parts.push(new Uint8Array(bytes));
  }
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const STATUS_LINE = /^\S+\s+\d+\s*(.*)$/;

/** Chromium's log never tells of WebSockets, and of an EventSource only once it is over. */
function watchStreams(wire: WebRequest.Static, tabId: number, listener: (opened: OpenedStream) => void): void {
  const sent = new Map<string, { startedAt: number; requestHeaders: HeaderLines }>();
  const filter: WebRequest.RequestFilter = { urls: ['<all_urls>', 'ws://*/*', 'wss://*/*'], tabId };
  const extra = 'extraHeaders';
  wire.onSendHeaders.addListener(
    ({ requestId, timeStamp, requestHeaders }) => {
      sent.set(requestId, { startedAt: timeStamp, requestHeaders: lines(requestHeaders) });
    },
    filter,
    ['requestHeaders', extra],
  );
  wire.onHeadersReceived.addListener(
    (details) => {
      const request = sent.get(details.requestId);
      const responseHeaders = lines(details.responseHeaders);
      const isSocket = /^wss?:/.test(details.url);
      const isEvents = responseHeaders.some(
        ([n, value]) => /^content-type$/i.test(n) && /^text\/event-stream\b/i.test(value),
      );
      if (request === undefined || !(isSocket || isEvents)) return undefined;
      listener({
        kind: isSocket ? 'websocket' : 'eventsource',
        url: withoutFragment(details.url),
        ...request,
        status: details.statusCode,
        reason: STATUS_LINE.exec(details.statusLine)?.[1] ?? '',
        responseHeaders,
      });
      return undefined;
    },
    filter,
    ['responseHeaders', extra],
  );
  const forget = ({ requestId }: { requestId: string }): void => void sent.delete(requestId);
  wire.onCompleted.addListener(forget, filter);
  wire.onErrorOccurred.addListener(forget, filter);
}

function lines(headers: readonly WebRequest.HttpHeadersItemType[] | undefined): HeaderLines {
  return (headers ?? []).map(({ name, value }): [string, string] => [name, value ?? '']);
}
