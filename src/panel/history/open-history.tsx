import { History } from 'lucide';
import { hearHistoryNews } from '../../storage/history-news.ts';
import { historyReader } from '../../storage/history-reader.ts';
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
  isPrivate: boolean;
  /** null where nothing may be kept. */
  saved: SavedRequests | null;
}

/** The list `History` and what it needs. Nothing is read before it is looked at. */
export function openHistory(parts: HistoryParts): NavList {
  const { client, workbench, stage, batches, compareBodies, isPrivate, saved } = parts;
  const { title, privately } = strings.history;
  const about = { id: 'history', label: title, icon: History };
  if (isPrivate) return { ...about, content: () => <p class="capture-empty">{privately}</p> };
  const list = createHistoryList({ reader: historyReader, hear: hearHistoryNews });
  const desk = createHistoryDesk({ list, reader: historyReader, client, workbench, stage });
  return {
    ...about,
    content: (controls) => (
      <HistoryPane
        desk={desk}
        batchProblem={batches.problem.value}
        onBatch={() => {
          // In the order in which they were sent.
          const ids = desk.selected.peek().map(({ id }) => id);
          batches.fromHistory(ids.toReversed(), historyReader);
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
