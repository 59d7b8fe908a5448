import * as v from 'valibot';
import {
  batchHeadSchema,
  batchItemSchema,
  batchPlanSchema,
  batchResultSchema,
  itemLabelSchema,
} from '../model/batch.ts';
import { collectionNodeSchema, nodeContentSchema } from '../model/collection.ts';
import { draftSchema } from '../model/draft.ts';
import { environmentSchema } from '../model/environment.ts';
import { historyEntrySchema, recordedExchangeSchema } from '../model/history.ts';
import { sessionSettingsSchema, cookieSchema } from '../model/session.ts';
import { settingsSchema } from '../model/settings.ts';
import type { BackgroundSchema } from './background-database.ts';
import { attach, type Part } from './detached.ts';
import type { PanelSchema } from './panel-database.ts';

/** What stands encrypted in a record, opened: as a backup takes it, and as a restore gets it. */
export class Opened {
  readonly plain: unknown;

  constructor(plain: unknown) {
    this.plain = plain;
  }
}

/** How a store goes into a backup and comes out of it. */
export interface BackupStore {
  /** The key that its records are encrypted with; null: they are not. */
  readonly key: string | null;
  /** Records have their keys beside them, not in them. */
  readonly keyed?: true;
  /** A record may be large: one is read at a time. */
  readonly heavy?: true;
  /** All of it is read at one moment, for its records belong together. */
  readonly whole?: true;
  /** A record, with what was encrypted opened. */
  readonly schema: v.GenericSchema;
}

const part = v.union([v.instance(Blob), v.instance(Uint8Array)]);
const parts = v.array(v.nullable(part));
const opened = (fits: (plain: unknown) => boolean) =>
  v.pipe(
    v.instance(Opened),
    v.check(({ plain }) => fits(plain)),
  );
const openedAs = (schema: v.GenericSchema) => opened((plain) => v.is(schema, plain));
/** A record whose parts stand beside what is encrypted. */
const withParts = (schema: v.GenericSchema, more: v.ObjectEntries) =>
  v.pipe(
    v.object({ ...more, sealed: v.instance(Opened), parts }),
    v.check(({ sealed, parts }) => isWith(schema, sealed, parts)),
  );

function isWith(schema: v.GenericSchema, sealed: unknown, parts: unknown): boolean {
  const known = v.parse(v.array(v.nullable(part)), parts) as (Part | null)[];
  return sealed instanceof Opened && v.is(schema, attach(sealed.plain, known));
}

type Kept<Schema> = Exclude<keyof Schema & string, 'keys' | 'staged' | 'setAside' | 'totals'>;

/**
 * What panels keep. Not with it: keys, which are this machine's, what could not be read, and what a restore has not finished.
 * A store that is added has to be named here: the type says so.
 */
export const panelStores = {
  // One record. What else stands there is this machine's.
  settings: { key: null, keyed: true, schema: settingsSchema },
  requests: {
    key: 'drafts',
    schema: v.object({
      version: v.number(),
      slot: v.string(),
      tab: v.string(),
      savedAt: v.number(),
      closedAt: v.nullable(v.number()),
      sealed: openedAs(draftSchema),
    }),
  },
  tabs: {
    key: null,
    schema: v.object({
      slot: v.string(),
      savedAt: v.number(),
      arrangedAt: v.exactOptional(v.number()),
      order: v.array(v.string()),
      active: v.string(),
    }),
  },
  nodes: { key: null, whole: true, schema: collectionNodeSchema },
  contents: { key: 'collections', schema: v.object({ id: v.string(), sealed: openedAs(nodeContentSchema) }) },
  batchHeads: { key: null, schema: batchHeadSchema },
  batches: { key: 'batches', schema: withParts(batchPlanSchema, { id: v.string(), labels: v.array(itemLabelSchema) }) },
  batchItems: {
    key: 'batches',
    heavy: true,
    schema: withParts(v.array(batchItemSchema), { batch: v.string(), chunk: v.number() }),
  },
  batchResults: {
    key: 'batches',
    schema: v.object({
      batch: v.string(),
      index: v.number(),
      row: batchResultSchema,
      found: v.exactOptional(v.instance(Opened)),
    }),
  },
  batchExchanges: {
    key: 'batches',
    heavy: true,
    schema: withParts(recordedExchangeSchema, { batch: v.string(), index: v.number(), body: v.nullable(part) }),
  },
  environments: {
    key: 'environments',
    schema: v.object({ id: v.string(), order: v.number(), revision: v.number(), sealed: openedAs(environmentSchema) }),
  },
} as const satisfies Record<Kept<PanelSchema>, BackupStore>;

/** What the background keeps. The total of the history is counted anew. */
export const backgroundStores = {
  sessions: { key: 'sessions', keyed: true, schema: openedAs(sessionSettingsSchema) },
  jars: { key: 'cookies', keyed: true, schema: openedAs(v.array(cookieSchema)) },
  entries: {
    key: null,
    // What only the indexes need is made anew.
    schema: historyEntrySchema,
  },
  texts: { key: null, schema: v.object({ id: v.number(), fields: v.string(), body: v.string() }) },
  exchanges: {
    key: 'history',
    // Its parts stand in another store: without them what held a Blob is null, and bytes are none.
    schema: v.object({
      id: v.number(),
      sealed: opened((plain) => v.is(recordedExchangeSchema, attach(plain, []))),
    }),
  },
  bodies: { key: null, heavy: true, schema: v.object({ id: v.number(), response: v.nullable(part), parts }) },
} as const satisfies Record<Kept<BackgroundSchema>, BackupStore>;

export const databases = ['panel', 'background'] as const;
export type BackupDatabase = (typeof databases)[number];

/** By database and store, in the order in which they stand in an archive. */
export const backupStores: Readonly<Record<BackupDatabase, Readonly<Record<string, BackupStore>>>> = {
  panel: panelStores,
  background: backgroundStores,
};

/** One record on its way out of a database, or into one. */
export interface BackupRecord {
  readonly database: BackupDatabase;
  readonly store: string;
  /** null where the key stands in the record. */
  readonly key: string | null;
  readonly value: unknown;
}
