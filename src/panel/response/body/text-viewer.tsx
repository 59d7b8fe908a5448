import { useEffect } from 'preact/hooks';
import type { CodeLanguage } from '../../../inspect/code-language.ts';
import { MAX_COLUMNS } from '../../../inspect/text-view.ts';
import { strings } from '../../strings.ts';
import { CodeText } from './code-text.tsx';
import type { OpenView } from './open-view.ts';
import { RowList, type Goal } from './row-list.tsx';

interface TextViewerProps {
  view: OpenView;
  goal: Goal | null;
  /** Digits that are kept free for the numbers of lines. */
  gutter: number;
  /** What it is coloured as; none for plain text. */
  language?: CodeLanguage | null;
}

/** The body as lines. */
export function TextViewer({ view, goal, gutter, language = null }: TextViewerProps) {
  const state = view.state.value;
  useEffect(() => {
    if (language === null) return undefined;
    view.highlight(language);
    return () => view.highlight(null);
  }, [view, language]);
  return (
    <RowList
      view={view}
      label={strings.responseBody.lines}
      class="text-rows"
      goal={goal}
      columns={Math.min(state?.columns ?? 0, MAX_COLUMNS)}
      gutter={gutter}
    >
      {(row, index) =>
        row.type === 'text' && (
          // The number is drawn by the stylesheet: it is neither selected nor copied with the text.
          <div key={index} class="body-row" data-line={row.continued ? '' : row.line}>
            <CodeText row={row} />
          </div>
        )
      }
    </RowList>
  );
}
