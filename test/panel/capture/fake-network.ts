import type {
  InspectedNetwork,
  OnFinished,
  OpenedStream,
  PageStart,
  RecordedBody,
  SeenBody,
} from '../../../src/panel/inspected-network.ts';

/** A HAR entry of a request, in Chromium's form. */
export function harEntry(parts: {
  url?: string;
  method?: string;
  startedAt?: number;
  text?: string;
  length?: number;
  contentType?: string;
}): unknown {
  const { url = 'https://a.example/', method = 'GET', startedAt = 1000, text, length, contentType } = parts;
  const headers = [
    ...(length === undefined ? [] : [{ name: 'Content-Length', value: String(length) }]),
    ...(contentType === undefined ? [] : [{ name: 'Content-Type', value: contentType }]),
  ];
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: 5,
    request: { method, url, httpVersion: 'HTTP/1.1', headers, ...(text === undefined ? {} : { postData: { text } }) },
    response: { status: 200, statusText: 'OK', headers: [], content: { size: 2, mimeType: 'text/plain' } },
    timings: {},
    _resourceType: 'fetch',
  };
}

/** An inspected tab whose network is played by hand. */
export class FakeNetwork implements InspectedNetwork {
  readonly replacesBytes = true;
  readonly needsRecorder = true;
  past: unknown[] = [];
  page: PageStart | null = { at: 500, url: 'https://a.example/' };
  recorded: RecordedBody[] = [];
  recorderIsThere = false;
  readonly reloads: boolean[] = [];
  finish: OnFinished = () => {};
  navigated: () => void = () => {};
  see: (seen: SeenBody) => void = () => {};
  open: (opened: OpenedStream) => void = () => {};

  onFinished(listener: OnFinished): void {
    this.finish = listener;
  }
  onNavigated(listener: () => void): void {
    this.navigated = listener;
  }
  onBodySeen(listener: (seen: SeenBody) => void): void {
    this.see = listener;
  }
  onOpened(listener: (opened: OpenedStream) => void): void {
    this.open = listener;
  }
  async earlier(listener: OnFinished): Promise<void> {
    await Promise.resolve();
    for (const entry of this.past) listener(entry, () => Promise.resolve(null));
  }
  pageStart(): Promise<PageStart | null> {
    return Promise.resolve(this.page);
  }
  reload(withRecorder: boolean): void {
    this.reloads.push(withRecorder);
    this.recorderIsThere = withRecorder;
  }
  isRecording(): Promise<boolean> {
    return Promise.resolve(this.recorderIsThere);
  }
  takeRecorded(): Promise<RecordedBody[]> {
    return Promise.resolve(this.recorded.splice(0));
  }

  request(parts: Parameters<typeof harEntry>[0], content: string | null = 'ok'): void {
    this.finish(harEntry(parts), () => Promise.resolve(content));
  }
}
