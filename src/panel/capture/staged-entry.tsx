import { computed } from '@preact/signals';
import { outcomeMark } from '../compare/outcome-mark.ts';
import { lazyModule } from '../response/lazy-module.ts';
import type { StagedExchange } from '../stage.ts';
import type { CaptureDesk } from './desk.ts';
import { EntryBar } from './entry-bar.tsx';
import { originalSnapshot } from './original-snapshot.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import type { Replay } from './replays.ts';

const compare = lazyModule(() => import('../compare/compare.tsx'));

function Comparison({ replay }: { replay: Replay }) {
  const loaded = compare.use();
  return loaded === null ? null : <loaded.Compare replay={replay} />;
}

/** A captured request on the response side: the original, or its replay, as the desk's `side` says. */
export function stagedEntry(desk: CaptureDesk, first: CapturedEntry): StagedExchange {
  const { capture, replays, side } = desk;
  let last = first;
  // An entry that is dropped while it is looked at stays to be looked at.
  const entry = computed(() => (capture.version.value, (last = capture.get(first.id) ?? last)));
  const kept = computed(() => capture.responseBody(first.id));
  const original = computed(() => originalSnapshot(entry.value, kept.value));
  const replay = computed(() => replays.all.value.get(first.id) ?? null);
  const shownReplay = computed(() => (side.value === 'replay' ? replay.value : null));
  return {
    snapshot: computed(() => shownReplay.value?.snapshot ?? original.value),
    bar: () => <EntryBar desk={desk} entry={entry.value} kept={kept.value} replay={replay.value} />,
    compare: () => (shownReplay.value === null ? null : <Comparison replay={shownReplay.value} />),
    compareMark: () => (shownReplay.value === null ? null : outcomeMark(shownReplay.value)),
  };
}
