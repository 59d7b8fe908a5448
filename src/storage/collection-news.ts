import * as v from 'valibot';
import { collectionNewsSchema, type CollectionNews } from '../model/collection.ts';
import { broadcast } from './broadcast.ts';

/** Where panels tell each other what became of the collections. */
const CHANNEL = 'request-workbench-collections';

export function tellCollectionNews(news: CollectionNews): void {
  broadcast(CHANNEL, news);
}

/** Hears of it until the function that is returned is called; what this page tells comes back too. */
export function hearCollectionNews(listener: (news: CollectionNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const parsed = v.safeParse(collectionNewsSchema, data);
    if (parsed.success) listener(parsed.output);
  });
  return () => channel.close();
}
