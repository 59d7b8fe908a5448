import { effect, type ReadonlySignal } from '@preact/signals';
import * as v from 'valibot';
import { draftSchema, type Draft } from '../../model/draft.ts';

/** Memory of the browser that outlives a page but is never written to disk (`storage.session`). */
export interface SessionMemory {
  get(key: string): Promise<unknown>;
  /** Hands the value over at once, so that it survives the page going away right after. */
  set(key: string, value: unknown): void;
}

const PREFIX = 'draft:';
/** Characters; a larger draft takes too long to hand over with every key, and waits for its encrypted copy on disk. */
const MAX_SIZE = 256 * 1024;

const momentSchema = v.object({ at: v.number(), draft: draftSchema });

/**
 * Bridges the moment between a key and the draft's encrypted copy on disk: a page that is closed has no time left to
 * encrypt anything.
 * @returns stops it
 */
export function keepLastMoment(memory: SessionMemory, slot: string, draft: ReadonlySignal<Draft>): () => void {
  const first = draft.peek();
  return effect(() => {
    const current = draft.value;
    if (current === first || sizeOf(current) > MAX_SIZE) return;
    memory.set(PREFIX + slot, { at: Date.now(), draft: current });
  });
}

/** The draft as it stood at the last moment, unless what was saved on disk is newer. */
export async function newestDraft(
  memory: SessionMemory,
  slot: string,
  saved: { draft: Draft | null; savedAt: number },
): Promise<Draft | null> {
  const moment = v.safeParse(momentSchema, await memory.get(PREFIX + slot));
  return moment.success && moment.output.at >= saved.savedAt ? moment.output.draft : saved.draft;
}

function sizeOf({ url, body }: Draft): number {
  const { query, variables } = body.graphql;
  return url.length + body.json.length + body.text.length + query.length + variables.length;
}
