import * as v from 'valibot';
import { historyNewsSchema, type HistoryNews } from '../model/history.ts';
import { broadcast } from './broadcast.ts';

/** Where the background tells every open panel what became of the history. */
const CHANNEL = 'request-workbench-history';

export function tellHistoryNews(news: HistoryNews): void {
  broadcast(CHANNEL, news);
}

/** Hears of it until the function that is returned is called. */
export function hearHistoryNews(listener: (news: HistoryNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const parsed = v.safeParse(historyNewsSchema, data);
    if (parsed.success) listener(parsed.output);
  });
  return () => channel.close();
}
