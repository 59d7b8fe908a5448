import { MAX_COLUMNS } from '../../../inspect/text-view.ts';
import { strings } from '../../strings.ts';
import { MarkedText } from './marked-text.tsx';
import type { OpenView } from './open-view.ts';
import { RowList, type Goal } from './row-list.tsx';

interface TextViewerProps {
  view: OpenView;
  goal: Goal | null;
  /** Digits that are kept free for the numbers of lines. */
  gutter: number;
}

/** The body as lines. */
export function TextViewer({ view, goal, gutter }: TextViewerProps) {
  const state = view.state.value;
  return (
    <RowList
      view={view}
      label={strings.response.body.lines}
      class="text-rows"
      goal={goal}
      columns={Math.min(state?.columns ?? 0, MAX_COLUMNS)}
      gutter={gutter}
    >
      {(row, index) =>
        row.type === 'text' && (
          // The number is drawn by the stylesheet: it is neither selected nor copied with the text.
          <div key={index} class="body-row" data-line={row.continued ? '' : row.line}>
            <MarkedText text={row.text} marks={row.marks} />
          </div>
        )
      }
    </RowList>
  );
}
