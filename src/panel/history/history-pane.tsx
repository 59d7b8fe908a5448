import { Diff, Layers, Pin, PinOff, SquarePen, StepForward, Trash } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { formatBytes, formatCount } from '../../inspect/format.ts';
import { BACKGROUND_DATABASE } from '../../storage/background-database.ts';
import { SEARCHED_BODY } from '../../storage/search-text.ts';
import { SaveCopy } from '../widgets/save-copy.tsx';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { FilterField } from '../widgets/filter-field.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Listbox } from '../widgets/listbox.tsx';
import { groupByDay } from './group-by-day.ts';
import type { HistoryDesk } from './history-desk.ts';
import { historySorts } from './history-list.ts';
import { HistoryRow } from './history-row.tsx';

const words = strings.history;

interface HistoryPaneProps {
  desk: HistoryDesk;
  /** What is recorded goes with the panel. */
  isPrivate: boolean;
  /** Why no batch was made of the selection. */
  batchProblem: string | null;
  onBatch: () => void;
  onEdit: () => void;
  /** Compares a body of what is selected with any other. */
  onCompareBody: () => void;
  /** What is selected is to be seen: where the list covers it, the list goes. */
  onShow: () => void;
  /** Saves what is selected. */
  save?: ComponentChildren;
}

/** What was sent so far, and what can be done with it. */
export function HistoryPane(props: HistoryPaneProps) {
  const { desk, isPrivate, onShow } = props;
  const { list } = desk;
  useEffect(() => list.open(), [list]);
  const shown = list.shown.value;
  const sort = list.sort.value;
  const groups = useMemo(() => groupByDay(shown, sort === 'time'), [shown, sort]);
  const isEmpty = list.total.value === 0;
  const isBusy = list.busy.value;
  return (
    <div class="capture">
      <div class="capture-tools">
        <FilterField
          class="capture-filter"
          label={words.filter}
          placeholder={words.filterPlaceholder}
          hint={words.filterHint(formatBytes(SEARCHED_BODY))}
          value={list.filterText.value}
          onInput={(text) => (list.filterText.value = text)}
        />
      </div>
      <div class="capture-tools">
        <Select
          class="quiet"
          label={words.sortBy}
          value={sort}
          options={historySorts.map((key) => [key, words.sorts[key]] as const)}
          onChange={(by) => (list.sort.value = by)}
        />
        <span class="capture-count" aria-live="polite">
          {isBusy && words.searching}{' '}
          {words.shown(formatCount(shown.length), formatCount(list.total.value), shown.length === list.total.value)}
        </span>
      </div>
      {isPrivate && <p class="capture-private">{words.privately}</p>}
      {list.trouble.value !== null && (
        <p class="field-problem capture-problem" role="alert">
          {words.trouble[list.trouble.value.reason]}{' '}
          <button type="button" class="link-button" onClick={() => (list.trouble.value = null)}>
            {strings.app.dismiss}
          </button>
        </p>
      )}
      {list.failed.value && (
        <p class="field-problem capture-problem" role="alert">
          {words.unreadable} <SaveCopy database={BACKGROUND_DATABASE} class="link-button" />
        </p>
      )}
      {isEmpty && !isBusy && <p class="capture-empty">{words.empty}</p>}
      {!isEmpty && !isBusy && shown.length === 0 && (
        <p class="capture-empty">
          {words.emptyFilter}{' '}
          <button type="button" class="link-button" onClick={() => (list.filterText.value = '')}>
            {words.clearFilter}
          </button>
        </p>
      )}
      <Listbox
        label={words.title}
        groups={groups}
        selection={desk.selection.value}
        onSelect={(selection) => desk.select(selection)}
        onOpen={onShow}
        option={({ entry }) => <HistoryRow entry={entry} />}
      />
      <Actions {...props} />
    </div>
  );
}

function Actions({ desk, batchProblem, onBatch, onEdit, onCompareBody, onShow, save }: HistoryPaneProps) {
  const selected = desk.selected.value;
  const isOne = selected.length === 1;
  const none = selected.length === 0;
  const allPinned = !none && selected.every(({ pinned }) => pinned);
  const problem = desk.problem.value;
  return (
    <div class="capture-actions" role="group" aria-label={words.actions}>
      {problem !== null && (
        <p class="capture-note" role="alert">
          {words.problems[problem]}
        </p>
      )}
      {batchProblem !== null && (
        <p class="capture-note" role="alert">
          {batchProblem}
        </p>
      )}
      <div class="capture-buttons">
        <button
          type="button"
          class="button button-strong"
          disabled={none}
          title={words.replayHint}
          onClick={() => {
            void desk.sendAgain();
            onShow();
          }}
        >
          <Icon of={StepForward} size={12} /> {words.replay}
        </button>
        <button type="button" class="button" disabled={none} title={words.editHint} onClick={onEdit}>
          <Icon of={SquarePen} size={12} /> {words.edit}
        </button>
        {save}
        <IconButton
          icon={Layers}
          label={strings.batchesStart.run}
          hint={strings.batchesStart.runHint}
          disabled={none}
          onClick={onBatch}
        />
        <IconButton
          icon={Diff}
          label={isOne ? strings.compareStart.withOther : words.compareTwo}
          hint={isOne ? strings.compareStart.withOtherHint : words.compareHint}
          disabled={selected.length !== 2 && !isOne}
          onClick={() => {
            if (isOne) {
              onCompareBody();
              return;
            }
            void desk.compare();
            onShow();
          }}
        />
        <IconButton
          icon={allPinned ? PinOff : Pin}
          label={allPinned ? words.unpin : words.pin}
          hint={words.pinHint}
          disabled={none}
          onClick={() => desk.pin(!allPinned)}
        />
        <IconButton
          icon={Trash}
          label={words.remove}
          hint={words.removeHint}
          disabled={none}
          onClick={() => desk.remove()}
        />
      </div>
    </div>
  );
}
