import { History } from 'lucide';
import type { HistoryNews } from '../../model/history.ts';
import type { HistoryReader } from '../../storage/history-reader.ts';
import type { BackgroundClient } from '../background-client.ts';
import type { BatchesDoor } from '../batches/open-batches.tsx';
import '../capture/capture.css';
import type { BodyCompareDoor } from '../compare/bodies/open-body-compare.tsx';
import type { SavedRequests } from '../collections/saved-requests.ts';
import { SaveSelected } from '../collections/save-selected.tsx';
import type { NavList } from '../nav/nav.tsx';
import type { Stage } from '../stage.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { createHistoryDesk } from './history-desk.ts';
import { createHistoryList } from './history-list.ts';
import { HistoryPane } from './history-pane.tsx';

interface HistoryParts {
  client: BackgroundClient;
  workbench: Workbench;
  stage: Stage;
  batches: BatchesDoor;
  compareBodies: BodyCompareDoor;
  reader: HistoryReader;
  hear: (listener: (news: HistoryNews) => void) => () => void;
  /** What is recorded goes with the panel. */
  isPrivate: boolean;
  /** null where nothing may be kept. */
  saved: SavedRequests | null;
}

/** The list `History` and what it needs. Nothing is read before it is looked at. */
export function openHistory(parts: HistoryParts): NavList {
  const { client, workbench, stage, batches, compareBodies, reader, hear, isPrivate, saved } = parts;
  const list = createHistoryList({ reader, hear });
  const desk = createHistoryDesk({ list, reader, client, workbench, stage });
  return {
    id: 'history',
    label: strings.history.title,
    icon: History,
    content: (controls) => (
      <HistoryPane
        desk={desk}
        isPrivate={isPrivate}
        batchProblem={batches.problem.value}
        onBatch={() => {
          // In the order in which they were sent.
          const ids = desk.selected.peek().map(({ id }) => id);
          batches.fromHistory(ids.toReversed(), reader);
          controls.showRequest();
        }}
        onCompareBody={() => {
          const [only] = desk.selected.peek();
          if (only !== undefined) compareBodies.open({ origin: 'history', id: String(only.id) });
        }}
        onShow={() => controls.showResponse()}
        onEdit={() => {
          void desk.edit().then((any) => {
            if (any) controls.showRequest();
            return any;
          });
        }}
        save={
          saved !== null && (
            <SaveSelected saved={saved} none={desk.selected.value.length === 0} gather={() => desk.drafts()} />
          )
        }
      />
    ),
  };
}
