import { ExternalLink, ImageDown } from 'lucide';
import { useContext, useEffect, useState } from 'preact/hooks';
import { asUtf8 } from '../../../../inspect/as-utf8.ts';
import { previewStrings } from '../../../preview-strings.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { StreamContext } from '../../stream/stream-actions.ts';
import { inertHtml, remoteAddresses, type Remote } from './inert-html.ts';
import { loadRemote } from './load-remote.ts';
import { useBodyBytes } from './use-body-bytes.ts';
import { useObjectUrl } from './use-object-url.ts';

interface FramedDocumentProps {
  blob: Blob;
  charset: string;
  /** Where it came from: what relative addresses stand for. */
  url: string;
  isMarkdown: boolean;
}

const words = previewStrings.previews;
const NOTHING: Remote = new Map();

/** HTML, or Markdown made HTML, in a frame in which nothing runs and from which nothing is loaded. */
export function FramedDocument({ blob, charset, url, isMarkdown }: FramedDocumentProps) {
  const { value: html, problem } = useBodyBytes(blob, () => htmlOf(blob, charset, isMarkdown), [charset, isMarkdown]);
  const { fetchRemote } = useContext(StreamContext);
  const [remote, setRemote] = useState<Remote>(NOTHING);
  const [loading, setLoading] = useState<string | null>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    setRemote(NOTHING);
    setLoading(null);
  }, [blob]);
  const asText = useObjectUrl(blob, 'text/plain;charset=utf-8');
  if (html === null) return <p class="pane-hint body-empty">{problem ?? words.opening}</p>;
  const addresses = remoteAddresses(html, url);
  const count = addresses.images.length + addresses.sheets.length;

  async function load(): Promise<void> {
    if (fetchRemote === null) return;
    setRemote(await loadRemote(addresses, fetchRemote, (done) => setLoading(words.loading(done, count))));
    setLoading(words.loaded);
  }

  return (
    <figure class="preview" data-drawn={drawn}>
      <iframe
        class="preview-frame"
        title={words.frame}
        // No token: no script, no form, no popup, an origin of its own.
        sandbox=""
        referrerpolicy="no-referrer"
        srcdoc={inertHtml(html, url, remote, isMarkdown)}
        onLoad={() => setDrawn(true)}
      />
      <figcaption>
        <span>{loading === words.loaded ? words.loaded : words.inert}</span>
        <span class="spring" />
        {loading !== null && loading !== words.loaded && <span aria-live="polite">{loading}</span>}
        {count > 0 && loading === null && fetchRemote !== null && (
          <button type="button" class="text-button" title={words.loadHint} onClick={() => void load()}>
            <Icon of={ImageDown} size={12} /> {words.load(count)}
          </button>
        )}
        {asText !== null && (
          <a class="link" href={asText} target="_blank" rel="noreferrer" title={words.asTextHint}>
            <Icon of={ExternalLink} size={12} /> {words.asText}
          </a>
        )}
      </figcaption>
    </figure>
  );
}

async function htmlOf(blob: Blob, charset: string, isMarkdown: boolean): Promise<string> {
  const text = await (await asUtf8(blob, charset)).text();
  if (!isMarkdown) return text;
  const { marked } = await import('marked');
  return marked.parse(text, { async: false, gfm: true });
}
