import { useEffect, useMemo, useState } from 'preact/hooks';
import { bodyKind, type BodyKind } from '../../../inspect/body-kind.ts';
import { codeLanguage, type CodeLanguage } from '../../../inspect/code-language.ts';
import { sniffImage } from '../../../inspect/image-type.ts';
import { isJsonLinesType, parseMediaType } from '../../../inspect/media-type.ts';
import { previewKind, type PreviewKind } from '../../../inspect/preview/preview-kind.ts';
import { streamKind } from '../../../inspect/stream/stream-kind.ts';
import type { StreamKind } from '../../../inspect/stream/record-scanner.ts';
import { asBlob } from '../../../storage/detached.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { fieldValue } from '../field-lines.ts';
import { useWentLive } from '../stream/use-went-live.ts';
import { readBytes } from '../../../inspect/read-bytes.ts';

/** What there is of a body, and what it seems to be. */
export interface BodySource {
  readonly blob: Blob;
  /** The first bytes. */
  readonly head: Uint8Array;
  /** All of it is here, or all that will ever come. */
  readonly isWhole: boolean;
  readonly contentType: string | null;
  readonly kind: BodyKind;
  /** The media type to draw it with; null when it is no image that can be drawn. */
  readonly imageType: string | null;
  /** What its text is coloured as; null for plain text. */
  readonly language: CodeLanguage | null;
  /** JSON, one value a line. */
  readonly isJsonLines: boolean;
  /** What a person's choice of a view is remembered for. */
  readonly key: ViewKey;
  /** What it is a stream of, where it can be looked at as one. */
  readonly stream: StreamKind | null;
  /** How else it can be looked at. */
  readonly preview: PreviewKind | null;
  /** It has been arriving for so long that one wants to see it come. */
  readonly isLive: boolean;
}

export type ViewKey = BodyKind | StreamKind | PreviewKind;

/** Bytes that the kind of a body is told from. */
const HEAD_LENGTH = 16 * 1024;

/** The body of a snapshot as far as it has come; null while there is none. */
export function useBodySource(snapshot: ExchangeSnapshot): BodySource | null {
  const { head, body, bodyPart, state } = snapshot;
  const part = useMemo(() => (bodyPart === null ? null : asBlob(bodyPart)), [bodyPart]);
  // A body that came in one part is shown already: the same Blob again keeps the viewer as it is.
  const blob = body !== null && body.size !== part?.size ? body : part;
  const start = useStart(blob, bodyPart);
  const isLive = useWentLive(snapshot);
  const contentType = head === null ? null : fieldValue(head.headers, 'content-type');
  return useMemo(() => {
    if (blob === null || blob.size === 0 || start === null) return null;
    const media = parseMediaType(contentType);
    const kind = bodyKind(media, start);
    const stream = streamKind(media, kind);
    const preview = previewKind(media, start);
    return {
      blob,
      head: start,
      isWhole: state === 'done',
      contentType,
      kind,
      key: preview ?? (stream === null || stream === 'lines' ? kind : stream),
      stream,
      preview,
      isLive,
      imageType: sniffImage(start),
      language: codeLanguage(media),
      isJsonLines: media !== null && isJsonLinesType(media),
    };
  }, [blob, start, contentType, state, isLive]);
}

/** The first bytes: from the part that came ahead, else read from the body. */
function useStart(blob: Blob | null, bodyPart: Uint8Array | null): Uint8Array | null {
  const [read, setRead] = useState<{ readonly of: Blob; readonly bytes: Uint8Array } | null>(null);
  useEffect(() => {
    if (blob === null || bodyPart !== null) return undefined;
    let wanted = true;
    const take = (bytes: Uint8Array): void => {
      if (wanted) setRead({ of: blob, bytes });
    };
    readStart(blob).then(take, () => take(new Uint8Array()));
    return () => {
      wanted = false;
    };
  }, [blob, bodyPart]);
  return useMemo(() => {
    if (bodyPart !== null) return bodyPart.subarray(0, HEAD_LENGTH);
    return read !== null && read.of === blob ? read.bytes : null;
  }, [bodyPart, read, blob]);
}

async function readStart(blob: Blob): Promise<Uint8Array> {
  return await readBytes(blob, 0, HEAD_LENGTH);
}
