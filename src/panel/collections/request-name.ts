import { maskUrl } from '../../model/secrets.ts';
import type { Draft } from '../../model/draft.ts';
import { MAX_NAME } from '../../model/collection.ts';
import { strings } from '../strings.ts';

/** What a request is called before somebody gives it a name: its path, or its host. No secret of the URL is in it. */
export function nameFor({ url }: Pick<Draft, 'url'>, marked: readonly string[] = []): string {
  const masked = maskUrl(url.trim(), marked);
  const [, host = '', path = ''] = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#]*)([^?#]*)/i.exec(masked) ?? [];
  return (path.length > 1 ? path : host).slice(0, MAX_NAME) || strings.collectionsStart.untitled;
}
