import * as v from 'valibot';
import { withoutSecrets } from '../../formats/collection/secret-parts.ts';
import { withoutSecrets as sessionWithoutSecrets } from '../../formats/session/session-file.ts';
import { maskDeep } from '../../inspect/secrets.ts';
import { nodeContentSchema, type FolderContent } from '../../model/collection.ts';
import { draftSchema, type Draft } from '../../model/draft.ts';
import { environmentSchema } from '../../model/environment.ts';
import { historyEntrySchema } from '../../model/history.ts';
import { sessionSettingsSchema } from '../../model/session.ts';
import { Opened, type backgroundStores, type BackupRecord, type panelStores } from '../../storage/backup-stores.ts';

type Store = keyof typeof panelStores | keyof typeof backgroundStores;
type Clean = (value: Record<string, unknown>, marked: readonly string[]) => Record<string, unknown> | null;

const emptyFolder: FolderContent = {
  kind: 'folder',
  notes: '',
  auth: null,
  headers: [],
  params: [],
  session: null,
  variables: [],
};

function cleanDraft(draft: Draft, marked: readonly string[]): Draft {
  return withoutSecrets({ kind: 'request', draft, notes: '', examples: [] }, marked).draft;
}

/** What is encrypted in a record, changed; null when it is not what it should be. */
function inside<S extends v.GenericSchema>(
  schema: S,
  change: (plain: v.InferOutput<S>, marked: readonly string[]) => unknown,
): Clean {
  return (value, marked) => {
    const plain = v.safeParse(schema, value['sealed'] instanceof Opened ? value['sealed'].plain : null);
    return plain.success ? { ...value, sealed: new Opened(change(plain.output, marked)) } : null;
  };
}

const asItIs: Clean = (value) => value;
const leftOut: Clean = () => null;
const exchangeSchema = v.looseObject({ draft: v.fallback(v.optional(v.nullable(draftSchema), null), null) });

/**
 * What of each store may be read by others; null: nothing of it. Secrets are emptied where something is sent with them,
 * and masked where it is only looked at. Bodies stay away as a whole, and with them batches: a secret may stand anywhere
 * in them. So do cookies.
 */
const rules: Readonly<Record<Exclude<Store, 'sessions'>, Clean>> = {
  settings: asItIs,
  requests: inside(draftSchema, cleanDraft),
  tabs: asItIs,
  nodes: asItIs,
  contents: inside(nodeContentSchema, withoutSecrets),
  batchHeads: leftOut,
  batches: leftOut,
  batchItems: leftOut,
  batchResults: leftOut,
  batchExchanges: leftOut,
  environments: inside(environmentSchema, (environment, marked) => ({
    ...environment,
    variables: withoutSecrets({ ...emptyFolder, variables: environment.variables }, marked).variables,
  })),
  jars: leftOut,
  entries: (value) => {
    const { bodies, ...entry } = v.parse(historyEntrySchema, value);
    return { ...entry, bodies: bodies === 'kept' ? 'dropped' : bodies };
  },
  texts: (value) => ({ ...value, body: '' }),
  exchanges: inside(exchangeSchema, ({ draft, request: _sendable, ...rest }, marked) => ({
    ...v.parse(v.looseObject({}), maskDeep(rest, marked)),
    request: null,
    draft: draft === null ? null : cleanDraft(draft, marked),
  })),
  bodies: (value) => ({
    ...value,
    response: null,
    parts: Array.isArray(value['parts']) ? value['parts'].map(() => null) : [],
  }),
};

/** The record without what is secret in it; null: it stays away. */
export function recordWithoutSecrets(record: BackupRecord, marked: readonly string[]): BackupRecord | null {
  if (record.store === 'sessions') {
    const settings = v.safeParse(sessionSettingsSchema, record.value instanceof Opened ? record.value.plain : null);
    if (!settings.success) return null;
    return { ...record, value: new Opened(sessionWithoutSecrets(settings.output, marked).settings) };
  }
  const rule = Object.hasOwn(rules, record.store) ? rules[record.store as keyof typeof rules] : leftOut;
  const cleaned = record.value instanceof Opened ? null : rule(v.parse(v.looseObject({}), record.value), marked);
  return cleaned === null ? null : { ...record, value: cleaned };
}
