import type { WireNoteView } from '../../model/exchange.ts';

/** What the browser will do to a part of the request that the person has to know. */
export type PlanNote = WireNoteView & { readonly action: 'dropped' | 'rewritten' | 'unsupported' };

/** Fields that go out as they stand, by fetch or by a rule, need no words. */
export const isWorthShowing = (note: WireNoteView): note is PlanNote =>
  note.action === 'dropped' || note.action === 'rewritten' || note.action === 'unsupported';

/** The notes about one header field (in any case) or about `:url`, `:method`, `:body`. */
export const notesAbout = (plan: readonly PlanNote[], field: string): PlanNote[] =>
  plan.filter((note) => note.field.toLowerCase() === field.toLowerCase());

/** The notes about header fields. */
export const headerNotes = (plan: readonly PlanNote[]): PlanNote[] =>
  plan.filter((note) => !note.field.startsWith(':'));
