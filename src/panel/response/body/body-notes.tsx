import { Scissors, TriangleAlert } from 'lucide';
import { formatBytes } from '../../../inspect/format.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import type { BodySource } from './body-source.ts';
import type { OpenView } from './open-view.ts';

interface BodyNotesProps {
  source: BodySource;
  snapshot: ExchangeSnapshot;
  view: OpenView | null;
  onShowText: () => void;
}

const words = strings.responseBody;

/** What one must know of a body before trusting what is shown of it. */
export function BodyNotes({ source, snapshot, view, onShowText }: BodyNotesProps) {
  const state = view?.state.value ?? null;
  const problem = source.isWhole ? (state?.problem ?? null) : null;
  return (
    <>
      {snapshot.error !== null && (
        <p class="body-note" data-tone="error">
          <Icon of={Scissors} size={12} />
          <span>{words.cut(snapshot.error.name, formatBytes(source.blob.size))}</span>
        </p>
      )}
      {problem !== null && (
        <p class="body-note" data-tone="error">
          <Icon of={TriangleAlert} size={12} />
          <span>
            {problem.isXml === true
              ? `${words.xmlProblem(problem.message, problem.line, problem.column)}. ${words.xmlProblemNote} `
              : `${words.problem(problem.message, problem.line, problem.column, problem.position)}. ${words.problemNote} `}
            <button type="button" class="link-button" onClick={onShowText}>
              {words.showText}
            </button>
          </span>
        </p>
      )}
      {state?.limited === true && (
        <p class="body-note" data-tone="warning">
          <Icon of={TriangleAlert} size={12} />
          <span>
            {words.limited}{' '}
            <button type="button" class="link-button" onClick={onShowText}>
              {words.showText}
            </button>
          </span>
        </p>
      )}
    </>
  );
}
