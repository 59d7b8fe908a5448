import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';
import { recordBodies } from '../../src/page/recorder.ts';

const limits = { each: 1000, all: 1500 };

/** A page as far as the recorder looks at it; the script runs in it from its text, as in the browser. */
function openPage() {
  class XMLHttpRequest {
    open(..._args: unknown[]): void {}
    send(..._args: unknown[]): string {
      return 'sent';
    }
  }
  class Navigator {
    sendBeacon(..._args: unknown[]): boolean {
      return true;
    }
  }
  class HTMLFormElement {
    method = 'post';
    action = 'https://a.example/form';
  }
  const fetched: unknown[][] = [];
  const listeners = new Map<string, (event: unknown) => void>();
  const page: Record<string, unknown> = {
    XMLHttpRequest,
    Navigator,
    HTMLFormElement,
    Blob,
    FormData,
    File,
    Request,
    Response,
    URL,
    btoa,
    queueMicrotask,
    document: { baseURI: 'https://a.example/dir/page#x' },
    fetch: (...args: unknown[]) => {
      fetched.push(args);
      return 'response';
    },
    addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
  };
  page['window'] = page;
  page['top'] = page;
  runInNewContext(`(${String(recordBodies)})('key', ${JSON.stringify(limits)})`, page);
  const store = Reflect.get(page, Symbol.for('key')) as { drain(): { method: string; url: string; body: string }[] };
  const call = (name: string, ...args: unknown[]): unknown => (page[name] as (...args: unknown[]) => unknown)(...args);
  return { page, call, fetched, listeners, store, XMLHttpRequest, Navigator, HTMLFormElement };
}

const bytes = (size: number): Blob => new Blob([new Uint8Array(size).fill(255)]);

describe('the recorder', () => {
  it('lets the page’s calls through as they are', () => {
    const { call, fetched, XMLHttpRequest } = openPage();
    const init = { method: 'POST', body: 'text' };
    expect(call('fetch', 'up', init)).toBe('response');
    expect(fetched).toEqual([['up', init]]);
    expect(fetched[0]?.[1]).toBe(init);
    expect(new XMLHttpRequest().send(bytes(1))).toBe('sent');
  });

  it('keeps a function’s name, length and text', () => {
    const { page, XMLHttpRequest } = openPage();
    expect(String(page['fetch'])).toContain('native code');
    expect(XMLHttpRequest.prototype.open.name).toBe('open');
  });

  it('copies Blobs, files in forms and beacons, with method and URL', async () => {
    const { call, store, listeners, XMLHttpRequest, Navigator, HTMLFormElement } = openPage();
    call('fetch', '../up#hash', { method: 'PUT', body: bytes(1) });
    const xhr = new XMLHttpRequest();
    xhr.open('POST', 'https://b.example/x');
    xhr.send(bytes(2));
    new Navigator().sendBeacon('beacon', bytes(3));
    const formData = new FormData();
    formData.append('f', new File(['x'], 'x.txt'));
    listeners.get('formdata')?.({ formData, target: new HTMLFormElement() });
    const found: { method: string; url: string; body: string }[] = [];
    await vi.waitFor(() => {
      found.push(...store.drain());
      expect(found).toHaveLength(4);
    });
    expect(found.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'POST https://a.example/dir/beacon',
      'POST https://a.example/form',
      'POST https://b.example/x',
      'PUT https://a.example/up',
    ]);
    expect(found.find(({ method }) => method === 'PUT')?.body).toBe(btoa('\xff'));
    expect(store.drain()).toEqual([]);
  });

  it('leaves alone what the browser shows anyway, and what is too large', async () => {
    const { call, store } = openPage();
    call('fetch', 'up', { method: 'POST', body: 'text' });
    call('fetch', 'up', { method: 'POST', body: new URLSearchParams('a=1') });
    call('fetch', 'up', { method: 'POST', body: bytes(1001) });
    call('fetch', 'a', { method: 'POST', body: bytes(900) });
    call('fetch', 'b', { method: 'POST', body: bytes(900) });
    const found: unknown[] = [];
    await vi.waitFor(() => {
      found.push(...store.drain());
      expect(found.length).toBeGreaterThan(0);
    });
    expect(found).toHaveLength(1);
  });

  it('never lets a failure of its own reach the page', () => {
    const { call } = openPage();
    const hostile = {
      get method(): string {
        throw new Error('no');
      },
      body: bytes(1),
    };
    expect(call('fetch', 'https://[broken', hostile)).toBe('response');
  });
});
