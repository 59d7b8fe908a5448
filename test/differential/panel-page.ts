/** What runs in a page of the extension. It stands alone: the driver carries it over as text. */

/** One exchange as the background told it; the body as base64. */
export interface ToldExchange {
  readonly prepared: unknown;
  readonly hops: readonly unknown[];
  readonly head: unknown;
  readonly error: unknown;
  readonly body: string;
}

interface PagePort {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: PageMessage) => void): void };
}

interface PageMessage {
  readonly type: string;
  readonly message?: string;
  readonly value?: unknown;
  readonly updates?: readonly { readonly kind: string; readonly [key: string]: unknown }[];
}

/** Sends the requests one after another over a Port of its own. `{$bytes}` in a request becomes a Blob. */
export async function sendFromPage(requestsJson: string): Promise<ToldExchange[]> {
  const root = globalThis as unknown as Record<'browser' | 'chrome', { runtime: { connect(o: object): PagePort } }>;
  const port = (root.browser ?? root.chrome).runtime.connect({ name: 'workbench:' });
  let hear: (message: PageMessage) => void = () => {};
  port.onMessage.addListener((message) => hear(message));

  const revive = (_key: string, value: unknown): unknown => {
    const held = typeof value === 'object' && value !== null && '$bytes' in value ? value.$bytes : undefined;
    return typeof held === 'string' ? new Blob([Uint8Array.from(atob(held), (one) => one.charCodeAt(0))]) : value;
  };
  const base64 = async (body: unknown): Promise<string> => {
    if (typeof body !== 'object' || body === null) return '';
    // Firefox runs this in a realm of its own: bytes of the page are no Uint8Array here, and a Blob alone takes them.
    const bytes = new Uint8Array(await new Blob([body as BlobPart]).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const send = (request: unknown): Promise<ToldExchange> =>
    new Promise((resolve, reject) => {
      const told = { prepared: null as unknown, head: null as unknown };
      const hops: unknown[] = [];
      hear = ({ type, message, updates = [] }) => {
        if (type === 'error') reject(new Error(message));
        for (const update of updates) {
          if (update.kind === 'prepared') told.prepared = update['prepared'];
          if (update.kind === 'head') told.head = update['response'];
          if (update.kind === 'hop') {
            const hop = update['hop'] as { index: number };
            hops[hop.index] = hop;
          }
          if (update.kind === 'end') {
            void base64(update['body']).then(
              (body) => resolve({ ...told, hops, error: update['error'], body }),
              reject,
            );
          }
        }
      };
      port.postMessage({ type: 'send', id: crypto.randomUUID(), private: true, request });
    });

  const ask = (message: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      hear = ({ type, message: words, value }) => {
        if (type === 'error') reject(new Error(words));
        if (type === 'reply') resolve(value);
      };
      port.postMessage({ id: crypto.randomUUID(), private: true, ...message });
    });

  const answers: ToldExchange[] = [];
  const requests = JSON.parse(requestsJson, revive) as { session: string }[];
  const { sessions } = (await ask({ type: 'sessions' })) as { sessions: readonly object[] };
  // Each case has a session of its own, like the standard one.
  const own = new Set(requests.map(({ session }) => session));
  for (const session of own)
    await ask({ type: 'put-session', settings: { ...sessions[0], id: session, name: session } });
  for (const request of requests) answers.push(await send(request));
  for (const session of own) await ask({ type: 'remove-session', session });
  port.disconnect();
  return answers;
}
