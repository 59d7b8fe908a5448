import * as v from 'valibot';
import { headerLinesSchema } from './exchange.ts';
import { requestSpecSchema } from './request-spec.ts';

/**
 * The host of a URL as a batch names it: `name`, or `name:port` where the port is not the scheme's own; null when it is no
 * URL. A pure rule about data; it stands in `model` because panel and background must agree on it.
 */
export function hostOfUrl(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}

/** Lists of values that come with the workbench. */
export const builtInNames = ['blanks', 'extremes', 'ids', 'methods', 'unicode', 'signs', 'lengths', 'types'] as const;

/** Which responses of a batch are kept. `different`: those that are not as the original, and failures. */
export const keepChoices = ['all', 'different', 'none'] as const;

export const batchOptionsSchema = v.object({
  /** So many at a time. */
  parallel: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
  /** Milliseconds from the end of one to the beginning of the next in its place. */
  delay: v.pipe(v.number(), v.minValue(0)),
  /** No more than so many begin in a second; null: no limit. */
  perSecond: v.nullable(v.pipe(v.number(), v.minValue(0.01))),
  /** How often the whole list is gone through. */
  rounds: v.pipe(v.number(), v.integer(), v.minValue(1)),
  keep: v.picklist(keepChoices),
});

/** Bodies longer than the limit of comparison are known by their length alone. */
const originalBodySchema = v.variant('state', [
  v.object({ state: v.literal('known'), bytes: v.instance(Uint8Array), isText: v.boolean() }),
  v.object({ state: v.literal('large'), size: v.number() }),
  v.object({ state: v.literal('unknown') }),
]);

/** The response that a result is compared with. */
export const originalSchema = v.object({
  status: v.number(),
  headers: headerLinesSchema,
  body: originalBodySchema,
  /** Milliseconds; null when not known. */
  duration: v.nullable(v.number()),
});

/** One request of a batch that is a list of them. */
export const batchItemSchema = v.object({ request: requestSpecSchema, original: v.nullable(originalSchema) });

/** How a request of a list is named; the URL with secrets masked. */
export const itemLabelSchema = v.object({ method: v.string(), url: v.string() });

/** The values of one position. */
const varyValuesSchema = v.variant('source', [
  v.object({ source: v.literal('list'), values: v.array(v.string()) }),
  /** Numbers, written with zeros in front up to `width`. */
  v.object({
    source: v.literal('range'),
    from: v.number(),
    to: v.number(),
    step: v.number(),
    width: v.number(),
  }),
  v.object({ source: v.literal('built-in'), list: v.picklist(builtInNames) }),
]);

/** `single`: one position at a time. `same`: the same value everywhere. `step`: all lists in step. `all`: all combinations. */
export const varyModes = ['single', 'same', 'step', 'all'] as const;
export const encoderNames = ['none', 'url', 'base64', 'json'] as const;

/** What is looked for in each response: how often, or what stands there. `text` is a regular expression if `isRegex`. */
export const findSchema = v.object({
  kind: v.picklist(['count', 'extract']),
  text: v.string(),
  isRegex: v.boolean(),
});

/** What a batch sends. The items of a `list` are stored beside it, in chunks. */
export const batchPlanSchema = v.variant('kind', [
  v.object({ kind: v.literal('list'), count: v.number() }),
  /** One request with marked positions; the first of each round is the unvaried one. */
  v.object({
    kind: v.literal('vary'),
    template: requestSpecSchema,
    mode: v.picklist(varyModes),
    positions: v.array(v.object({ values: varyValuesSchema, encoder: v.picklist(encoderNames) })),
    finds: v.array(findSchema),
  }),
]);

/** `running`: by the panel that holds its lock; without one it was interrupted. `stopped`: some were not sent. */
export const batchStates = ['ready', 'running', 'paused', 'stopped', 'done'] as const;

/** On whose behalf requests are sent: as they are, with no credentials at all, or with those of a session. */
export const identitySchema = v.variant('kind', [
  v.object({ kind: v.literal('as-is') }),
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('session'), session: v.string(), name: v.string() }),
]);

/** What is known of a batch without looking into it. It holds no secret. */
export const batchHeadSchema = v.object({
  id: v.string(),
  title: v.string(),
  /** Since the epoch, in ms. */
  createdAt: v.number(),
  /** Requests, all rounds together. */
  total: v.number(),
  state: v.picklist(batchStates),
  /** Where it leads, and how many of a round go there. */
  hosts: v.array(v.object({ host: v.string(), count: v.number() })),
  /** The hosts that a person has confirmed; nothing is sent to others. */
  confirmed: v.array(v.string()),
  options: batchOptionsSchema,
  /** Results so far. */
  done: v.number(),
  /** Each request is sent once as each of these, the strongest first; none: it is sent as it is. */
  identities: v.optional(v.array(identitySchema), []),
});

/**
 * `started`: written before it is sent, so that it is never sent twice. `unknown`: it was cut off, and nobody knows whether
 * it arrived. `skipped`: it was not sent, for `error` says why. `cancelled`: aborted on the way.
 */
export const resultStates = ['started', 'done', 'failed', 'cancelled', 'unknown', 'skipped'] as const;

export const batchResultSchema = v.object({
  index: v.number(),
  state: v.picklist(resultStates),
  /** Counts from 0; rises when a person asks for it once more. */
  attempt: v.number(),
  /** The run of the browser in which it was sent. */
  era: v.string(),
  /** When, since the epoch; milliseconds. */
  at: v.number(),
  /** null when no response came. */
  status: v.nullable(v.number()),
  /** Bytes of the body, decoded. */
  size: v.nullable(v.number()),
  duration: v.number(),
  /** The exception's name in Requests, and what it says. */
  error: v.nullable(v.object({ name: v.string(), message: v.string() })),
  /** How much differs from the original, and would not differ every time; null: not compared. */
  differences: v.nullable(v.number()),
  /** Of the body: equal for equal bodies; null when there is none, or it is too long. */
  digest: v.nullable(v.string()),
  /** The whole exchange is stored. */
  kept: v.boolean(),
  /** What was looked for, in the order of the plan; null: not there, or there was no response. */
  found: v.optional(v.array(v.nullable(v.union([v.string(), v.number()]))), []),
});

export type BatchOptions = v.InferOutput<typeof batchOptionsSchema>;
export type Original = v.InferOutput<typeof originalSchema>;
export type BatchItem = v.InferOutput<typeof batchItemSchema>;
export type ItemLabel = v.InferOutput<typeof itemLabelSchema>;
export type BatchPlan = v.InferOutput<typeof batchPlanSchema>;
export type VaryPlan = Extract<BatchPlan, { kind: 'vary' }>;
export type VaryMode = VaryPlan['mode'];
export type VaryValues = VaryPlan['positions'][number]['values'];
export type Find = v.InferOutput<typeof findSchema>;
export type Found = BatchResult['found'][number];
export type Identity = v.InferOutput<typeof identitySchema>;
export type BatchHead = v.InferOutput<typeof batchHeadSchema>;
export type BatchState = BatchHead['state'];
export type BatchResult = v.InferOutput<typeof batchResultSchema>;
export type ResultState = BatchResult['state'];
