import { formatBytes } from '../../../../inspect/format.ts';
import { parseMediaType } from '../../../../inspect/media-type.ts';
import { previewStrings } from '../../../preview-strings.ts';
import type { BodySource } from '../body-source.ts';
import type { FindControls } from '../find-bar.tsx';
import { CsvTable } from './csv-table.tsx';
import { DecodedPreview } from './decoded-preview.tsx';
import { FramedDocument } from './framed-document.tsx';
import { FontPreview, MediaPreview, PdfPreview, SvgPreview } from './media-previews.tsx';
import { PartsTable } from './parts-table.tsx';
import './previews.css';

interface PreviewViewerProps {
  source: BodySource;
  charset: string;
  url: string;
  find: FindControls | null;
}

const words = previewStrings.previews;
/** Previews that need a body in memory take it up to this size. Bytes. */
const LIMIT = 16 * 1024 * 1024;

/** The preview for a body, by what it is. */
export function PreviewViewer({ source, charset, url, find }: PreviewViewerProps) {
  const { preview, blob, contentType } = source;
  const essence = parseMediaType(contentType)?.essence ?? '';
  if (!source.isWhole) return <p class="pane-hint body-empty">{words.whole}</p>;
  const isStreamed = preview === 'csv' || preview === 'audio' || preview === 'video' || preview === 'pdf';
  if (!isStreamed && blob.size > LIMIT) return <p class="pane-hint body-empty">{words.tooLarge(formatBytes(LIMIT))}</p>;
  switch (preview) {
    case 'html':
    case 'markdown':
      return <FramedDocument blob={blob} charset={charset} url={url} isMarkdown={preview === 'markdown'} />;
    case 'svg':
      return <SvgPreview blob={blob} />;
    case 'audio':
      return (
        <MediaPreview blob={blob} type={essence.startsWith('audio/') ? `audio/${essence.slice(6)}` : 'audio/mpeg'} />
      );
    case 'video':
      return (
        <MediaPreview blob={blob} type={essence.startsWith('video/') ? `video/${essence.slice(6)}` : 'video/mp4'} />
      );
    case 'pdf':
      return <PdfPreview blob={blob} />;
    case 'font':
      return <FontPreview blob={blob} />;
    case 'csv':
      return <CsvTable blob={blob} charset={charset} essence={essence} />;
    case 'form':
    case 'multipart':
      return <PartsTable blob={blob} contentType={contentType ?? ''} />;
    case 'xml':
    case 'jwt':
    case 'pem':
    case 'msgpack':
    case 'cbor':
    case 'protobuf':
      return <DecodedPreview blob={blob} kind={preview} charset={charset} find={find} />;
    case null:
      return null;
  }
}
