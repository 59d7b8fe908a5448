import { useEffect, useState } from 'preact/hooks';

/**
 * A `blob:` URL for a body under a media type of our choice; it ends with the component. It has the extension's origin:
 * never for a type that can hold script (HTML, SVG, XML).
 */
export function useObjectUrl(blob: Blob, type: InertType): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    // A slice of everything is the same bytes under another type.
    const made = URL.createObjectURL(blob.slice(0, blob.size, type));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob, type]);
  return url;
}

export type InertType = 'text/plain;charset=utf-8' | 'application/pdf' | `audio/${string}` | `video/${string}`;
