import * as v from 'valibot';
import { nodeContentSchema, type NodeContent } from '../../model/collection.ts';
import { withoutSecrets } from './secret-parts.ts';

/**
 * What a file says of a node that is here already, with the secrets that files leave out as they are here: else a file that
 * is shared would empty them each time it is read. A secret stays where the file has just what would have been written in its
 * place; and a request that goes to another server gets none of them.
 * @param marked names that are secret besides the known ones
 */
export function keepSecrets(file: NodeContent, here: NodeContent, marked: readonly string[]): NodeContent {
  if (file.kind !== here.kind) return file;
  const clean = withoutSecrets(here, marked);
  if (file.kind === 'folder' || here.kind === 'folder' || clean.kind === 'folder') return kept(file, here, clean);
  if (originOf(file.draft.url) !== originOf(clean.draft.url)) return file;
  const whole = kept(file, here, clean);
  if (file.draft.url === clean.draft.url || whole.kind === 'folder') return whole;
  // Params that are switched on stand in the URL, and both have to say the same.
  return { ...whole, draft: { ...whole.draft, params: file.draft.params } };
}

/** Everything before the path, as it is written: it may hold names of variables. */
const originOf = (url: string): string => /^(?:[a-z][a-z\d+.-]*:)?\/*[^/?#]*/i.exec(url)?.[0] ?? '';

const kept = (file: NodeContent, here: NodeContent, clean: NodeContent): NodeContent =>
  v.parse(nodeContentSchema, merged(file, here, clean));

function merged(file: unknown, here: unknown, clean: unknown): unknown {
  if (typeof file === 'string') return file === clean && typeof here === 'string' ? here : file;
  if (Array.isArray(file)) {
    if (!Array.isArray(here) || !Array.isArray(clean)) return file;
    const waiting = new Map<unknown, number[]>();
    for (const [at, item] of clean.entries()) {
      const places = waiting.get(nameOf(item));
      if (places === undefined) waiting.set(nameOf(item), [at]);
      else places.push(at);
    }
    return file.map((item: unknown) => {
      // Rows may have been added and moved: the nth of a name is the nth of that name here.
      const at = waiting.get(nameOf(item))?.shift();
      return at === undefined ? item : merged(item, here[at], clean[at]);
    });
  }
  if (!isMembers(file) || !isMembers(here) || !isMembers(clean)) return file;
  return Object.fromEntries(
    Object.entries(file).map(([name, value]) => [name, name === 'id' ? value : merged(value, here[name], clean[name])]),
  );
}

const isMembers = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What tells the items of a list apart: rows by their name, recorded fields too. */
function nameOf(item: unknown): unknown {
  if (Array.isArray(item)) return item[0];
  return isMembers(item) ? item['name'] : '';
}
