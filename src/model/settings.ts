import * as v from 'valibot';
import { draftOptionsSchema } from './draft.ts';

export const themes = ['devtools', 'light', 'dark'] as const;

/** Bytes that history may take on disk, unless the user says otherwise. */
const HISTORY_BUDGET = 1024 ** 3;

const standard = {
  theme: 'devtools',
  historyBudget: HISTORY_BUDGET,
  marked: [],
  defaults: null,
} as const;

/** What a person has set for the whole workbench. A value that cannot be read falls back alone, not with the others. */
export const settingsSchema = v.object({
  theme: v.fallback(v.picklist(themes), standard.theme),
  /** Bytes. */
  historyBudget: v.fallback(v.pipe(v.number(), v.integer(), v.minValue(0)), standard.historyBudget),
  /** Names of fields, parameters and members that are secret besides the known ones. */
  marked: v.fallback(v.array(v.string()), []),
  /** Options of a new request; null: Requests' defaults. */
  defaults: v.fallback(v.nullable(draftOptionsSchema), null),
});

export type Settings = v.InferOutput<typeof settingsSchema>;

export const standardSettings: Settings = { ...standard, marked: [] };
