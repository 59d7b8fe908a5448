import {
  ArrowDownUp,
  Ban,
  CircleDot,
  Diff,
  FileStack,
  Layers,
  ListTree,
  Pin,
  PinOff,
  Square,
  SquarePen,
  StepForward,
} from 'lucide';
import type { ComponentChildren } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../../inspect/format.ts';
import { maskUrl } from '../../model/secrets.ts';
import { SecretsContext } from '../response/secrets-context.ts';
import { lazyModule } from '../response/lazy-module.ts';
import { strings } from '../strings.ts';
import { Select } from '../widgets/fields.tsx';
import { FilterField } from '../widgets/filter-field.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Listbox } from '../widgets/listbox.tsx';
import type { CaptureDesk } from './desk.ts';
import { captureLimits } from './entry-list.ts';
import { EntryRow } from './entry-row.tsx';
import { hostOf } from './filter.ts';
import { groupEntries } from './group-entries.ts';
import { canReplay, replayCookies } from './replay-spec.ts';
import { responseLimits } from './response-bodies.ts';
import { sortKeys } from './sort.ts';

const words = strings.capture;

interface CapturedPaneProps {
  desk: CaptureDesk;
  /** Why no batch was made of the selection. */
  batchProblem: string | null;
  onBatch: () => void;
  onEdit: () => void;
  /** Compares bodies of what is selected. */
  onCompare: () => void;
  /** What is selected is to be seen: where the list covers it, the list goes. */
  onShow: () => void;
  /** Saves what is selected. */
  save?: ComponentChildren;
}

/** The captured requests and what can be done with them. */
export function CapturedPane(props: CapturedPaneProps) {
  const { desk, onShow } = props;
  const { capture, replays } = desk;
  const shown = capture.shown.value;
  const grouped = capture.grouped.value;
  const pages = capture.pages.value;
  const { shown: isOpen, marked } = useContext(SecretsContext);
  const groups = useMemo(
    () => groupEntries(shown, grouped ? pages : null, (url) => (isOpen ? url : maskUrl(url, marked))),
    [shown, grouped, pages, isOpen, marked],
  );
  const pinned = capture.pinned.value;
  const replayed = replays.all.value;
  const pageHost = hostOf(pages.at(-1)?.url ?? '');
  const isEmpty = capture.total.value === 0;

  return (
    <div class="capture">
      <Toolbar desk={desk} />
      <Lost desk={desk} />
      {isEmpty && <p class="capture-empty">{words.empty}</p>}
      {!isEmpty && shown.length === 0 && (
        <p class="capture-empty">
          {words.emptyFilter}{' '}
          <button type="button" class="link-button" onClick={() => (capture.filterText.value = '')}>
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
        followEnd={capture.order.value.by === 'time' && !capture.order.value.descending}
        option={(entry) => (
          <EntryRow entry={entry} pinned={pinned.has(entry.id)} replay={replayed.get(entry.id)} pageHost={pageHost} />
        )}
      />
      <Actions {...props} />
      {desk.asking.value !== null && <MissingFiles desk={desk} asking={desk.asking.value} />}
    </div>
  );
}

const filesDialog = lazyModule(() => import('./missing-files-dialog.tsx'));

function MissingFiles(props: { desk: CaptureDesk; asking: NonNullable<CaptureDesk['asking']['value']> }) {
  const loaded = filesDialog.use();
  return loaded === null ? null : <loaded.FilesForm key={props.asking.entry.id} {...props} />;
}

const recordDialog = lazyModule(() => import('./record-dialog.tsx'));

function Recording(props: { onStart: () => void; onCancel: () => void }) {
  const loaded = recordDialog.use();
  return loaded === null ? null : <loaded.RecordDialog {...props} />;
}

function Toolbar({ desk: { capture } }: { desk: CaptureDesk }) {
  const [confirming, setConfirming] = useState(false);
  const { mistakes } = capture.filter.value;
  const order = capture.order.value;
  const recording = capture.recording.value;
  return (
    <>
      <div class="capture-tools">
        <FilterField
          class="capture-filter"
          label={words.filter}
          placeholder={words.filterPlaceholder}
          hint={words.filterHint}
          value={capture.filterText.value}
          problemId={mistakes.length > 0 ? 'capture-filter-problem' : null}
          onInput={(text) => (capture.filterText.value = text)}
        />
      </div>
      {mistakes.length > 0 && (
        <p class="field-problem capture-problem" id="capture-filter-problem">
          {words.filterMistakes(mistakes.join(' '))}
        </p>
      )}
      <div class="capture-tools">
        <Select
          class="quiet"
          label={words.sortBy}
          value={order.by}
          options={sortKeys.map((key) => [key, words.sorts[key]] as const)}
          onChange={(by) => (capture.order.value = { ...order, by })}
        />
        <IconButton
          icon={ArrowDownUp}
          label={words.descending}
          hint={words.descendingHint}
          pressed={order.descending}
          onClick={() => (capture.order.value = { ...order, descending: !order.descending })}
        />
        <IconButton
          icon={ListTree}
          label={words.group}
          pressed={capture.grouped.value}
          onClick={() => (capture.grouped.value = !capture.grouped.value)}
        />
        <IconButton
          icon={FileStack}
          label={words.preserve}
          hint={words.preserveHint}
          pressed={capture.preserve.value}
          onClick={() => (capture.preserve.value = !capture.preserve.value)}
        />
        {capture.canRecord && (
          <IconButton
            icon={CircleDot}
            label={words.record}
            hint={recording ? words.recordOff : words.recordHint}
            pressed={recording}
            class="capture-record"
            onClick={() => {
              if (recording) capture.record(false);
              else setConfirming(true);
            }}
          />
        )}
        <IconButton icon={Ban} label={words.clear} hint={words.clearHint} onClick={() => capture.clear()} />
        <span class="capture-count">{words.shown(capture.shown.value.length, capture.total.value)}</span>
      </div>
      {confirming && (
        <Recording
          onCancel={() => setConfirming(false)}
          onStart={() => {
            setConfirming(false);
            capture.record(true);
          }}
        />
      )}
    </>
  );
}

/** What is no longer there, and why. */
function Lost({ desk: { capture } }: { desk: CaptureDesk }) {
  const { entries, requestBodies, responseBodies, unreadable } = capture.dropped.value;
  const losses = [
    entries > 0 && words.droppedEntries(entries, formatCount(captureLimits.entries)),
    requestBodies > 0 && words.droppedRequestBodies(requestBodies, formatBytes(captureLimits.requestBodies)),
    responseBodies > 0 && words.droppedResponseBodies(responseBodies, formatBytes(responseLimits.all)),
    unreadable > 0 && words.unreadable(unreadable),
  ].filter((loss) => loss !== false);
  if (losses.length === 0) return null;
  return (
    <ul class="capture-lost" aria-label={words.lost}>
      {losses.map((loss) => (
        <li key={loss}>{loss}</li>
      ))}
    </ul>
  );
}

function Actions({ desk, batchProblem, onBatch, onEdit, onCompare, onShow, save }: CapturedPaneProps) {
  const { capture, replays } = desk;
  const selected = desk.selected.value;
  const progress = replays.progress.value;
  const ids = selected.map(({ id }) => id);
  const allPinned = ids.length > 0 && ids.every((id) => capture.pinned.value.has(id));
  const possible = selected.some(canReplay);
  return (
    <div class="capture-actions" role="group" aria-label={words.actions}>
      {desk.skipped.value > 0 && <p class="capture-note">{words.skipped(desk.skipped.value)}</p>}
      {batchProblem !== null && (
        <p class="capture-note" role="alert">
          {batchProblem}
        </p>
      )}
      {progress !== null && progress.total > 1 && (
        <p class="capture-note" aria-live="polite">
          {words.progress(progress.done, progress.total)}
        </p>
      )}
      <div class="capture-buttons">
        {progress === null ? (
          <button
            type="button"
            class="button button-strong capture-replay"
            disabled={!possible}
            title={selected.length > 0 && !possible ? words.replayWebSocket : words.replayHint}
            onClick={(event) => {
              // The second half of a double click would send it twice.
              if (event.detail > 1) return;
              desk.replay();
              onShow();
            }}
          >
            <Icon of={StepForward} size={12} /> {words.replay}
          </button>
        ) : (
          <button
            type="button"
            class="button button-strong capture-replay"
            title={words.stopHint}
            onClick={(event) => {
              // The second half of a double click would stop what the first half sent.
              if (event.detail < 2) replays.cancel();
            }}
          >
            <Icon of={Square} size={12} /> {words.stop}
          </button>
        )}
        <button type="button" class="button" disabled={!possible} title={words.editHint} onClick={onEdit}>
          <Icon of={SquarePen} size={12} /> {words.edit}
        </button>
        {save}
        <IconButton
          icon={Layers}
          label={strings.batchesStart.run}
          hint={strings.batchesStart.runHint}
          disabled={!possible}
          onClick={onBatch}
        />
        <IconButton
          icon={Diff}
          label={strings.compareStart.withOther}
          hint={strings.compareStart.withOtherHint}
          disabled={ids.length === 0 || ids.length > 2}
          onClick={onCompare}
        />
        <IconButton
          icon={allPinned ? PinOff : Pin}
          label={allPinned ? words.unpin : words.pin}
          hint={words.pinHint}
          disabled={ids.length === 0}
          onClick={() => capture.pin(ids, !allPinned)}
        />
        <Select
          class="quiet capture-cookies"
          label={words.cookies}
          hint={words.cookiesHint}
          value={desk.cookies.value}
          options={replayCookies.map((choice) => [choice, words.cookieChoices[choice]] as const)}
          onChange={(choice) => (desk.cookies.value = choice)}
        />
      </div>
    </div>
  );
}
