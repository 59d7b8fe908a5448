import { useEffect, useState } from 'preact/hooks';
import { strings } from '../../strings.ts';

interface ImageViewerProps {
  body: Blob;
  /** Of a raster format only: an SVG would bring script and links along. */
  type: string;
}

const words = strings.responseBody;

/** The body as an image, in an `img` element and nowhere else. */
export function ImageViewer({ body, type }: ImageViewerProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  const [broken, setBroken] = useState(false);
  const [fit, setFit] = useState(true);
  useEffect(() => {
    // A slice of everything is the same bytes under another type.
    const made = URL.createObjectURL(body.slice(0, body.size, type));
    setUrl(made);
    setSize(null);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [body, type]);
  return (
    <figure class="image-view" data-fit={fit}>
      <div class="image-frame" tabIndex={0} role="group" aria-label={words.views.image}>
        {broken ? (
          <p class="image-broken">{words.imageBroken}</p>
        ) : (
          url !== null && (
            <img
              src={url}
              alt={words.imageAlt}
              onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
              onError={() => setBroken(true)}
            />
          )
        )}
      </div>
      <figcaption>
        <span>{size === null ? ' ' : words.imageSize(size.width, size.height)}</span>
        <span>{type}</span>
        <label>
          <input type="checkbox" checked={fit} onChange={(event) => setFit(event.currentTarget.checked)} />{' '}
          {words.imageFit}
        </label>
      </figcaption>
    </figure>
  );
}
