import { FILE_FORMAT } from '../../../formats/collection/file-schema.ts';

/** Why a file that was changed cannot be taken in as it is. */
export type Damage = 'markers' | 'notJson' | 'foreign';

/** Bytes: what is larger is looked into by the import, which does it away from the panel's thread. */
const LOOKED_INTO = 8 * 1024 * 1024;

/** null: it seems to be the collection. */
export async function damageOf(file: Blob, id: string): Promise<Damage | null> {
  if (file.size > LOOKED_INTO) return null;
  const text = await file.text();
  // git writes seven of each (git-merge, "How conflicts are presented").
  if (/^<{7} /m.test(text) && /^>{7} /m.test(text)) return 'markers';
  try {
    const json: unknown = JSON.parse(text);
    const { format, id: own } = (json ?? {}) as { format?: unknown; id?: unknown };
    return format === FILE_FORMAT && own === id ? null : 'foreign';
  } catch {
    return 'notJson';
  }
}
