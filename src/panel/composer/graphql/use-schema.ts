import { useState } from 'preact/hooks';
import type { Workbench } from '../../state/workbench.ts';
import { strings } from '../../strings.ts';
import type { complete } from './complete.ts';
import type { Schema } from './schema.ts';

const words = strings.body.schema;

interface Known {
  readonly schema: Schema;
  readonly complete: typeof complete;
}

export interface SchemaState {
  /** The schema, and what completes a query by it; null until it was asked for. */
  readonly known: Known | null;
  /** What there is to say of it: how it went, or that it is under way. */
  readonly note: string;
  readonly loading: boolean;
  readonly load: () => void;
}

/** Schemas by URL, as long as the panel is open. */
const schemas = new Map<string, Known>();

/** The schema of the server that the draft's URL names, asked for when a person wants it. */
export function useSchema(workbench: Workbench): SchemaState {
  const draft = workbench.drafts.draft.value;
  const { url } = draft;
  const [told, setTold] = useState<{ readonly url: string; readonly note: string; readonly loading: boolean } | null>(
    null,
  );
  const known = schemas.get(url) ?? null;
  const now = told !== null && told.url === url ? told : null;

  async function load(): Promise<void> {
    setTold({ url, note: words.loading, loading: true });
    // Most requests are no GraphQL: what reads schemas is loaded with the first one.
    const [{ INTROSPECTION, readSchema }, { complete }] = await Promise.all([
      import('./schema.ts'),
      import('./complete.ts'),
    ]);
    const graphql = { query: INTROSPECTION, variables: '', operationName: '' };
    const asking = { ...draft, method: 'POST', body: { ...draft.body, type: 'graphql' as const, graphql } };
    const { head, body, error } = await workbench.sendUnrecorded(asking);
    const found = body === null ? null : readSchema(await body.text());
    if (found !== null) schemas.set(url, { schema: found, complete });
    const problem = error?.message ?? words.none(head?.status ?? 0);
    setTold({ url, note: found === null ? problem : '', loading: false });
  }

  const standing = known === null ? '' : words.known(known.schema.types.size);
  return {
    known,
    note: now === null || now.note === '' ? standing : now.note,
    loading: now?.loading ?? false,
    load: () => void load().catch((error: unknown) => setTold({ url, note: String(error), loading: false })),
  };
}
