import * as v from 'valibot';

/** A name that stands for a text, as a row of a table. */
export const variableSchema = v.object({
  id: v.string(),
  enabled: v.boolean(),
  name: v.string(),
  value: v.string(),
  /** Kept encrypted, left out of exports, masked on screen. */
  secret: v.optional(v.boolean(), false),
  /** The value came out of a response: it goes in as it stands, and `{{` in it means nothing. */
  literal: v.optional(v.boolean(), false),
});

/** A named set of variables, of which one at a time is chosen. */
export const environmentSchema = v.object({
  id: v.string(),
  name: v.string(),
  variables: v.array(variableSchema),
});

/** The id of the set that always counts, before any environment. */
export const GLOBALS = 'global';

export type Variable = v.InferOutput<typeof variableSchema>;
export type Environment = v.InferOutput<typeof environmentSchema>;
