import { ExternalLink } from 'lucide';
import { useEffect, useId, useState } from 'preact/hooks';
import { previewStrings } from '../../../preview-strings.ts';
import { Icon } from '../../../widgets/icon.tsx';
import { dataUrl } from './load-remote.ts';
import { useBodyBytes } from './use-body-bytes.ts';
import { useObjectUrl } from './use-object-url.ts';

const words = previewStrings.previews;

/** An SVG as an image: there no script runs and nothing is loaded (SVG 2 section 2.2.6, secure animated mode). */
export function SvgPreview({ blob }: { blob: Blob }) {
  // Not a blob URL: opened in a tab that would have the extension's origin.
  const { value, problem } = useBodyBytes(blob, () => dataUrl({ type: 'image/svg+xml', body: blob }), []);
  const [broken, setBroken] = useState(false);
  const asText = useObjectUrl(blob, 'text/plain;charset=utf-8');
  if (value === null) return <p class="pane-hint body-empty">{problem ?? words.opening}</p>;
  return (
    <figure class="preview">
      <div class="preview-canvas" tabIndex={0} role="group" aria-label={words.frame}>
        {broken ? <p>{words.broken}</p> : <img src={value} alt={words.svg} onError={() => setBroken(true)} />}
      </div>
      <figcaption>
        <span>{words.svgInert}</span>
        <span class="spring" />
        {asText !== null && (
          <a class="link" href={asText} target="_blank" rel="noreferrer" title={words.asTextHint}>
            <Icon of={ExternalLink} size={12} /> {words.asText}
          </a>
        )}
      </figcaption>
    </figure>
  );
}

/** The browser's own player. */
export function MediaPreview({ blob, type }: { blob: Blob; type: `audio/${string}` | `video/${string}` }) {
  const url = useObjectUrl(blob, type);
  const [broken, setBroken] = useState(false);
  if (url === null) return null;
  return (
    <figure class="preview">
      <div class="preview-canvas">
        {broken ? (
          <p>{words.cannotPlay}</p>
        ) : type.startsWith('audio/') ? (
          <audio controls preload="metadata" src={url} aria-label={words.audio} onError={() => setBroken(true)} />
        ) : (
          <video controls preload="metadata" src={url} aria-label={words.video} onError={() => setBroken(true)} />
        )}
      </div>
      <figcaption>
        <span>{type}</span>
      </figcaption>
    </figure>
  );
}

/** The browser's own viewer, in a frame without a sandbox: in one it stays empty. */
export function PdfPreview({ blob }: { blob: Blob }) {
  const url = useObjectUrl(blob, 'application/pdf');
  if (url === null) return null;
  return (
    <figure class="preview">
      <iframe class="preview-frame" title={words.pdf} src={url} />
      <figcaption>
        <span>{words.pdfNote}</span>
        <span class="spring" />
        <a class="link" href={url} target="_blank" rel="noreferrer">
          <Icon of={ExternalLink} size={12} /> {words.openInTab}
        </a>
      </figcaption>
    </figure>
  );
}

const SIZES = [12, 16, 24, 36, 60];

/** A font, at work. */
export function FontPreview({ blob }: { blob: Blob }) {
  const id = useId();
  const family = `preview ${id}`;
  const [sample, setSample] = useState<string>(words.pangram);
  const { value: face, problem } = useBodyBytes(blob, (bytes) => new FontFace(family, bytes).load(), [family]);
  useEffect(() => {
    if (face === null) return undefined;
    document.fonts.add(face);
    return () => void document.fonts.delete(face);
  }, [face]);
  if (problem !== null) return <p class="pane-hint body-empty">{words.noFont(problem)}</p>;
  return (
    <div class="preview font-preview">
      <input
        class="text-input"
        type="text"
        aria-label={words.sample}
        value={sample}
        onInput={(event) => setSample(event.currentTarget.value)}
      />
      <div class="font-samples" tabIndex={0} role="group" aria-label={words.samples}>
        {face !== null &&
          [...SIZES.map((size) => [size, sample] as const), [20, words.alphabet] as const].map(([size, text], at) => (
            <p key={at}>
              <span class="font-size">{size}</span>
              <span style={{ font: `${size}px "${family}"` }}>{text}</span>
            </p>
          ))}
      </div>
    </div>
  );
}
