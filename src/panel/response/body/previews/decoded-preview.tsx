import { useMemo, useRef, useState } from 'preact/hooks';
import { previewStrings } from '../../../preview-strings.ts';
import { CopyButton } from '../../copy-button.tsx';
import { FindBar, type FindControls } from '../find-bar.tsx';
import type { OpenView } from '../open-view.ts';
import type { Goal } from '../row-list.tsx';
import { TextViewer } from '../text-viewer.tsx';
import { useColumns } from '../use-columns.ts';
import { useOpenView } from '../use-open-view.ts';
import { decodeBody, type DecodedKind } from './decode-body.ts';
import { useBodyBytes } from './use-body-bytes.ts';

interface DecodedPreviewProps {
  blob: Blob;
  kind: DecodedKind;
  charset: string;
  /** null while nothing is searched. */
  find: FindControls | null;
}

const words = previewStrings.previews;
const MARGIN = 10;

/** A body as the text that its format's decoder makes of it. */
export function DecodedPreview({ blob, kind, charset, find }: DecodedPreviewProps) {
  const area = useRef<HTMLDivElement>(null);
  const columns = useColumns(area);
  const { value: text, problem } = useBodyBytes(blob, () => decodeBody(kind, blob, charset), [kind, charset]);
  const spec = useMemo(() => {
    if (text === null || columns === null) return null;
    const wrapped = Math.max(20, columns - MARGIN);
    return { kind: 'text', blob: new Blob([text]), charset: 'utf-8', columns: wrapped } as const;
  }, [text, columns]);
  const shown = useOpenView(spec, { startedAt: null, request: text ?? '' });
  const [goal, setGoal] = useState<{ readonly of: OpenView; readonly goal: Goal } | null>(null);
  return (
    <div class="preview">
      {find !== null && shown !== null && (
        <FindBar
          view={shown.view}
          isHex={false}
          {...find}
          onGoal={(found) => setGoal({ of: shown.view, goal: found })}
        />
      )}
      <div class="preview-bar">
        <span>{words.decodedNotes[kind]}</span>
        <span class="spring" />
        {text !== null && <CopyButton label={words.copy} hint={words.copyHint} source={() => ({ text })} />}
      </div>
      <div class="preview-text" ref={area}>
        {problem !== null ? (
          <p class="pane-hint body-empty">{words.cannotDecode(problem)}</p>
        ) : (
          shown !== null && (
            <TextViewer view={shown.view} goal={goal?.of === shown.view ? goal.goal : null} gutter={4} />
          )
        )}
      </div>
    </div>
  );
}
