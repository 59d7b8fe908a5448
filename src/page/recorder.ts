export interface RecorderLimits {
  /** Bytes of one body, and of all bodies that were not asked for yet. */
  readonly each: number;
  readonly all: number;
}

/**
 * Runs in the inspected page, before the page's own scripts, from its source text: it must use nothing from outside itself.
 * It keeps a copy of bodies that only the page can read (Blobs, files, beacons) until the panel asks for them. Requests go
 * out as they would; a copy that cannot be made is left out. `key` names the place where the panel asks.
 */
export function recordBodies(key: string, limits: RecorderLimits): void {
  interface Recorded {
    method: string;
    url: string;
    /** Of a multipart body: with the boundary that this copy was written with. */
    contentType: string;
    /** base64 */
    body: string;
  }
  type Store = { keep(method: string, url: string, body: unknown): void; drain(): Recorded[] };
  const place = Symbol.for(key);
  const holder = (window: Window): Store | undefined => Reflect.get(window, place) as Store | undefined;

  function makeStore(): Store {
    const ready: Recorded[] = [];
    let held = 0;
    async function copy(method: string, url: string, body: Blob | FormData | Request): Promise<void> {
      const source = body instanceof Request ? body : new Response(body);
      const bytes = new Uint8Array(await source.arrayBuffer());
      if (bytes.length > limits.each || held + bytes.length > limits.all) return;
      held += bytes.length;
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      ready.push({ method, url, contentType: source.headers.get('content-type') ?? '', body: btoa(text) });
    }
    return {
      keep(method, url, body) {
        const isFile = body instanceof Blob;
        const hasFile = body instanceof FormData && [...body.values()].some((value) => value instanceof Blob);
        if (!isFile && !hasFile && !(body instanceof Request)) return;
        if (isFile && body.size > limits.each) return;
        const resolved = new URL(url, document.baseURI);
        resolved.hash = '';
        copy(method, resolved.href, body).catch(() => {});
      },
      drain() {
        held = 0;
        return ready.splice(0);
      },
    };
  }

  /** Frames of the same site keep their copies with the page around them, which outlives them. */
  function storeOf(): Store {
    let shared: Store | undefined;
    try {
      shared = window.top === null ? undefined : holder(window.top);
    } catch {
      // Another site's page: this frame keeps its own, which the panel cannot see.
    }
    const store = shared ?? makeStore();
    Object.defineProperty(window, place, { value: store, configurable: true });
    return store;
  }

  if (holder(window) !== undefined) return;
  const store = storeOf();
  /** Whatever happens here must not reach the page. */
  const quietly = (action: () => void): void => {
    try {
      action();
    } catch {
      // The body stays unrecorded.
    }
  };
  /** Looks at the calls of a function of the page's, which runs as always; a Proxy keeps its name, length and text. */
  const watch = (owner: object, name: string, look: (self: unknown, args: readonly unknown[]) => void): void => {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') return;
    const watched = new Proxy(original, {
      apply(target, self, args: unknown[]) {
        quietly(() => look(self, args));
        return Reflect.apply(target, self, args);
      },
    });
    Reflect.set(owner, name, watched);
  };

  watch(window, 'fetch', (_, [input, options]) => {
    const request = input instanceof Request ? input : null;
    const init: RequestInit = typeof options === 'object' && options !== null ? options : {};
    const method = init.method ?? request?.method ?? 'GET';
    const url = request?.url ?? String(input);
    if (init.body !== undefined && init.body !== null) store.keep(method, url, init.body);
    else if (request !== null && request.body !== null && !request.bodyUsed) store.keep(method, url, request.clone());
  });

  const opened = new WeakMap<object, { method: string; url: string }>();
  watch(XMLHttpRequest.prototype, 'open', (self, [method, url]) => {
    if (self instanceof XMLHttpRequest) opened.set(self, { method: String(method), url: String(url) });
  });
  watch(XMLHttpRequest.prototype, 'send', (self, [body]) => {
    const request = self instanceof XMLHttpRequest ? opened.get(self) : undefined;
    if (request !== undefined) store.keep(request.method, request.url, body);
  });

  watch(Navigator.prototype, 'sendBeacon', (_, [url, body]) => store.keep('POST', String(url), body));

  // Fired for every submission, by script or by hand, with the entries that will be sent.
  window.addEventListener('formdata', ({ formData, target }) => {
    quietly(() => {
      if (!(target instanceof HTMLFormElement) || target.method !== 'post') return;
      // Later listeners may still add entries.
      queueMicrotask(() => quietly(() => store.keep('POST', target.action, formData)));
    });
  });
}
