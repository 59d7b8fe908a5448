import { createContext } from 'preact';
import type { RemoteBody } from '../../state/fetch-remote.ts';
import type { LivePiece } from '../../../protocol/messages.ts';

/** What a viewer of streams asks of the rest of the panel. */
export interface StreamActions {
  /** What has come of a running body from a place on. */
  readLive(exchange: string, from: number): Promise<LivePiece>;
  /** Sends the request of the shown exchange once more, with this Last-Event-ID; null where that makes no sense. */
  readonly reconnect: ((lastEventId: string) => void) | null;
  /** Gets a picture or style sheet that a document names, unrecorded; null where nothing can be fetched. */
  readonly fetchRemote: ((url: string) => Promise<RemoteBody | null>) | null;
}

const nothing: StreamActions = {
  readLive: () => Promise.resolve({ bytes: new Uint8Array(), arrivals: [], ended: true }),
  reconnect: null,
  fetchRemote: null,
};

export const StreamContext = createContext<StreamActions>(nothing);
