import { useMemo, useRef } from 'preact/hooks';
import { previewStrings } from '../../../preview-strings.ts';
import { CopyButton } from '../../copy-button.tsx';
import { TextViewer } from '../text-viewer.tsx';
import { useColumns } from '../use-columns.ts';
import { useOpenView } from '../use-open-view.ts';
import { decodeBody, type DecodedKind } from './decode-body.ts';
import { useBodyBytes } from './use-body-bytes.ts';

interface DecodedPreviewProps {
  blob: Blob;
  kind: DecodedKind;
  charset: string;
}

const words = previewStrings.previews;
const MARGIN = 10;

/** A body as the text that its format's decoder makes of it. */
export function DecodedPreview({ blob, kind, charset }: DecodedPreviewProps) {
  const area = useRef<HTMLDivElement>(null);
  const columns = useColumns(area);
  const { value: text, problem } = useBodyBytes(blob, () => decodeBody(kind, blob, charset), [kind, charset]);
  const spec = useMemo(() => {
    if (text === null || columns === null) return null;
    const wrapped = Math.max(20, columns - MARGIN);
    return { kind: 'text', blob: new Blob([text]), charset: 'utf-8', columns: wrapped } as const;
  }, [text, columns]);
  const shown = useOpenView(spec, { startedAt: null, request: text ?? '' });
  return (
    <div class="preview">
      <div class="preview-bar">
        <span>{words.decodedNotes[kind]}</span>
        <span class="spring" />
        {text !== null && <CopyButton label={words.copy} hint={words.copyHint} source={() => ({ text })} />}
      </div>
      <div class="preview-text" ref={area}>
        {problem !== null ? (
          <p class="pane-hint body-empty">{words.cannotDecode(problem)}</p>
        ) : (
          shown !== null && <TextViewer view={shown.view} goal={null} gutter={4} />
        )}
      </div>
    </div>
  );
}
