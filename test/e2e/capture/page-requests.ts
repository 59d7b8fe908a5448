/** What a page can send, one of each kind. Every function runs in the inspected page and resolves when it was sent. */
export interface PageRequest {
  readonly name: string;
  /** `at` is the absolute URL for this request; `other` the same on another site, with CORS allowed. */
  readonly run: (at: string, other: string) => unknown;
}

export const pageRequests: readonly PageRequest[] = [
  // Verbs
  { name: 'GET', run: (at) => fetch(at) },
  { name: 'HEAD', run: (at) => fetch(at, { method: 'HEAD' }) },
  {
    name: 'PUT JSON',
    run: (at) => fetch(at, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{"a": 1}' }),
  },
  { name: 'patch in lower case', run: (at) => fetch(at, { method: 'patch', body: 'x' }) },
  { name: 'DELETE without a body', run: (at) => fetch(at, { method: 'DELETE' }) },
  { name: 'DELETE with a body', run: (at) => fetch(at, { method: 'DELETE', body: 'gone' }) },
  { name: 'OPTIONS', run: (at) => fetch(at, { method: 'OPTIONS' }) },
  { name: 'a verb of its own', run: (at) => fetch(at, { method: 'PURGE' }) },
  // Targets
  { name: 'duplicate query keys', run: (at) => fetch(`${at}?a=1&b=2&a=3&a=1`) },
  { name: 'encoded slashes', run: (at) => fetch(`${at}/a%2Fb%2f/c%5Cd?x=%2F`) },
  { name: '+ and %20', run: (at) => fetch(`${at}?q=a+b%20c&%20=+`) },
  { name: 'non-ASCII in path and query', run: (at) => fetch(`${at}/grüße/雪?ключ=знач&e=é`) },
  { name: 'empty values', run: (at) => fetch(`${at}?a=&b&=c&&d==`) },
  {
    name: 'odd signs and needless escapes',
    run: (at) => fetch(`${at}/%7Euser/%41;x=1/!$'()*,:@?a=%7e|^\`{}[]~*'%zz%E9`),
  },
  { name: 'an empty query', run: (at) => fetch(`${at}?`) },
  // Bodies
  {
    name: 'urlencoded by URLSearchParams',
    run: (at) =>
      fetch(at, {
        method: 'POST',
        body: new URLSearchParams([
          ['b', '2 3'],
          ['a', 'é&='],
          ['b', '~*'],
        ]),
      }),
  },
  {
    name: 'urlencoded as written',
    run: (at) =>
      fetch(at, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'z=%7e&a=%2a*&&b=+%20&a=%e9',
      }),
  },
  {
    name: 'multipart with text',
    run: (at) => {
      const form = new FormData();
      form.append('a', '1');
      form.append('a', 'grün\r\nzwei');
      return fetch(at, { method: 'POST', body: form });
    },
  },
  {
    name: 'multipart with a binary file',
    run: (at) => {
      const form = new FormData();
      form.append('field', 'value');
      form.append(
        'file',
        new File([Uint8Array.from({ length: 256 }, (_, i) => i)], 'ünï.bin', { type: 'application/x-bytes' }),
      );
      return fetch(at, { method: 'POST', body: form });
    },
  },
  {
    name: 'multipart with a text file',
    run: (at) => {
      const form = new FormData();
      form.append('file', new File(['héllo'], 'a.txt', { type: 'text/plain' }));
      return fetch(at, { method: 'POST', body: form });
    },
  },
  {
    name: 'a Blob with all byte values',
    run: (at) =>
      fetch(at, {
        method: 'POST',
        body: new Blob([Uint8Array.from({ length: 256 }, (_, i) => i)], { type: 'application/x-blob' }),
      }),
  },
  { name: 'a Blob of text without a type', run: (at) => fetch(at, { method: 'POST', body: new Blob(['héllo']) }) },
  {
    name: 'an ArrayBuffer with all byte values',
    run: (at) =>
      fetch(at, {
        method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' },
        body: Uint8Array.from({ length: 256 }, (_, i) => i).buffer,
      }),
  },
  {
    name: 'a view of a buffer, no content type',
    run: (at) =>
      fetch(at, { method: 'POST', body: Uint8Array.from({ length: 256 }, (_, i) => 255 - i).subarray(100, 180) }),
  },
  {
    name: 'a gzip body',
    run: async (at) =>
      fetch(at, {
        method: 'POST',
        headers: { 'Content-Encoding': 'gzip', 'Content-Type': 'text/plain' },
        body: await new Response(
          new Blob(['pack '.repeat(500)]).stream().pipeThrough(new CompressionStream('gzip')),
        ).arrayBuffer(),
      }),
  },
  {
    name: 'JSON with exact numbers',
    run: (at) =>
      fetch(at, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"id": 12345678901234567890, "x": 1.0, "s": "é☃"}',
      }),
  },
  {
    name: 'XML by XMLHttpRequest',
    run: (at) => {
      const xhr = new XMLHttpRequest();
      xhr.open('POST', at);
      xhr.send(new DOMParser().parseFromString('<a b="1">é</a>', 'application/xml'));
    },
  },
  {
    name: 'GraphQL',
    run: (at) =>
      fetch(at, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: 'query Q($a: Int) { x(a: $a) }', variables: { a: 1 }, operationName: 'Q' }),
      }),
  },
  { name: 'text/plain', run: (at) => fetch(at, { method: 'POST', body: 'grüße\r\n\ttab' }) },
  { name: 'text with NUL and U+FFFD', run: (at) => fetch(at, { method: 'POST', body: 'a\0b\uFFFDc' }) },
  { name: 'POST without a body', run: (at) => fetch(at, { method: 'POST' }) },
  { name: 'PATCH with an empty body', run: (at) => fetch(at, { method: 'PATCH', body: '' }) },
  { name: '300 KB', run: (at) => fetch(at, { method: 'POST', body: '0123456789'.repeat(30_000) }) },
  // Beacons, keepalive, forms
  { name: 'sendBeacon with text', run: (at) => navigator.sendBeacon(at, 'beacon é') },
  {
    name: 'sendBeacon with a Blob',
    run: (at) =>
      navigator.sendBeacon(
        at,
        new Blob([Uint8Array.from({ length: 256 }, (_, i) => i)], { type: 'application/x-beacon' }),
      ),
  },
  { name: 'keepalive', run: (at) => fetch(at, { method: 'POST', keepalive: true, body: 'kept' }) },
  {
    name: 'a form by GET',
    run: (at) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<iframe name="g"></iframe><form action="${at}" target="g"><input name="a" value="x y"><input name="ä" value="é"></form>`,
      );
      document.querySelector<HTMLFormElement>('form[target=g]')?.submit();
    },
  },
  {
    name: 'a form by POST',
    run: (at) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<iframe name="p"></iframe><form method="post" action="${at}" target="p"><input name="a" value="x y"><input name="ä" value="é"></form>`,
      );
      document.querySelector<HTMLFormElement>('form[target=p]')?.submit();
    },
  },
  {
    name: 'a multipart form with a file',
    run: (at) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<iframe name="m"></iframe><form method="post" enctype="multipart/form-data" action="${at}" target="m"><input name="a" value="x y"><input type="file" name="f"></form>`,
      );
      const files = new DataTransfer();
      files.items.add(new File([Uint8Array.from({ length: 256 }, (_, i) => i)], 'form.bin'));
      const input = document.querySelector<HTMLInputElement>('form[target=m] [type=file]');
      if (input) input.files = files.files;
      document.querySelector<HTMLFormElement>('form[target=m]')?.submit();
    },
  },
  {
    name: 'a text/plain form',
    run: (at) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<iframe name="t"></iframe><form method="post" enctype="text/plain" action="${at}" target="t"><input name="a" value="x y"></form>`,
      );
      document.querySelector<HTMLFormElement>('form[target=t]')?.submit();
    },
  },
  // Fields
  {
    name: 'fields of its own',
    run: (at) =>
      fetch(at, { headers: { 'X-MyCase': 'One', 'x-lower': 'two', 'X-Empty': '', 'X-Long': 'y'.repeat(3000) } }),
  },
  { name: 'a Latin-1 value', run: (at) => fetch(at, { headers: { 'X-Latin': 'grüße' } }) },
  { name: 'Authorization: Bearer', run: (at) => fetch(at, { headers: { Authorization: 'Bearer abc.def' } }) },
  {
    name: 'Authorization: Basic',
    run: (at) => fetch(at, { headers: { Authorization: `Basic ${btoa('user:pass')}` } }),
  },
  {
    name: 'Accept and Accept-Language',
    run: (at) => fetch(at, { headers: { Accept: 'application/vnd.api+json;v=2', 'Accept-Language': 'tlh' } }),
  },
  {
    name: 'no referrer, no credentials',
    run: (at) => fetch(at, { referrerPolicy: 'no-referrer', credentials: 'omit' }),
  },
  {
    name: 'the whole URL as referrer',
    run: (at) => fetch(at, { referrer: '/page?secret=1', referrerPolicy: 'unsafe-url' }),
  },
  // Other sites, redirects, caches
  { name: 'another site without CORS', run: (_, other) => fetch(other, { mode: 'no-cors' }) },
  { name: 'another site with cookies', run: (_, other) => fetch(other, { credentials: 'include' }) },
  {
    name: 'another site after a preflight',
    run: (_, other) =>
      fetch(other, { method: 'PUT', headers: { 'X-Custom': '1', 'Content-Type': 'application/json' }, body: '{}' }),
  },
  { name: 'a redirect by 302 after POST', run: (at) => fetch(`${at}/redirect/302`, { method: 'POST', body: 'first' }) },
  {
    name: 'a redirect by 307 with the body',
    run: (at) => fetch(`${at}/redirect/307`, { method: 'POST', body: Uint8Array.from([255, 0, 254]) }),
  },
  { name: 'a redirect to another site', run: (at) => fetch(`${at}/away/303`) },
  { name: 'conditional by the page', run: (at) => fetch(at, { headers: { 'If-None-Match': '"v1"' } }) },
  {
    name: 'conditional by the cache',
    run: async (at) => {
      await (await fetch(`${at}/etag`)).text();
      await fetch(`${at}/etag`, { cache: 'no-cache' });
    },
  },
  { name: 'Range', run: (at) => fetch(at, { headers: { Range: 'bytes=2-5' } }) },
  { name: 'past the cache', run: (at) => fetch(at, { cache: 'no-store' }) },
  {
    name: 'If-Modified-Since',
    run: (at) => fetch(at, { headers: { 'If-Modified-Since': 'Wed, 01 Jan 2025 00:00:00 GMT' } }),
  },
  // What elements load
  {
    name: 'an image',
    run: (at) => {
      new Image().src = at;
    },
  },
  {
    name: 'a script',
    run: (at) => {
      document.head.append(Object.assign(document.createElement('script'), { src: at }));
    },
  },
  {
    name: 'a style sheet',
    run: (at) => {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: at }));
    },
  },
  {
    name: 'a frame',
    run: (at) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: at }));
    },
  },
  {
    name: 'EventSource',
    run: (at) => {
      const source = new EventSource(`${at}/events`);
      source.addEventListener('message', () => source.close());
    },
  },
];
