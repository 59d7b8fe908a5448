import type { RemoteBody } from '../../../state/fetch-remote.ts';
import type { Remote } from './inert-html.ts';

/** What a document may load on demand. */
const MOST = 100;

const IMAGE = /^image\/[\w.+-]+$/;

/** Loads pictures and style sheets of a document through the background; what cannot be had is left out. */
export async function loadRemote(
  { images, sheets }: { readonly images: readonly string[]; readonly sheets: readonly string[] },
  fetchRemote: (url: string) => Promise<RemoteBody | null>,
  onProgress: (done: number) => void,
): Promise<Remote> {
  const remote = new Map<string, string>();
  let done = 0;
  for (const url of [...sheets, ...images].slice(0, MOST)) {
    const found = await fetchRemote(url);
    onProgress(++done);
    if (found === null) continue;
    if (sheets.includes(url)) remote.set(url, await found.body.text());
    else if (IMAGE.test(found.type)) remote.set(url, await dataUrl(found));
  }
  return remote;
}

/** The body as a `data:` URL, which lies in the document and needs no network. */
export async function dataUrl({ type, body }: RemoteBody): Promise<string> {
  const bytes = new Uint8Array(await body.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:${type};base64,${btoa(binary)}`;
}
