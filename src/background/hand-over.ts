import type { ExchangeUpdate } from '../model/exchange.ts';
import { keepAlive } from './keep-alive.ts';

type End = Extract<ExchangeUpdate, { kind: 'end' }>;

export interface HandOver {
  /** Adds to an update that brings a Blob where the panel can take the Blob from. */
  offer(update: ExchangeUpdate): ExchangeUpdate;
  /** The panel has the Blob: it is no longer kept for it. */
  taken(url: string): void;
  /** The panel is gone. */
  end(): void;
}

const hasBlob = (update: ExchangeUpdate): update is End => update.kind === 'end' && update.body instanceof Blob;

/**
 * Keeps the Blobs that a panel was told of until it has made them its own. In Firefox what arrives over a Port is a
 * second Blob, made on the way from the first one's file; that file goes with the first one (`~TemporaryFileInputStream`
 * in dom/file/ipc/TemporaryFileBlobImpl.cpp), and then the second one reads as nothing. Taken by its URL it is the first
 * one itself. A panel that may not take it so (in a private window) has it kept, and the background loaded, till its end.
 */
export function handOver(): HandOver {
  const offered = new Map<string, () => void>();

  return {
    offer(update) {
      if (!hasBlob(update) || !(update.body instanceof Blob)) return update;
      const url = URL.createObjectURL(update.body);
      offered.set(url, keepAlive());
      return { ...update, url };
    },
    taken(url) {
      const release = offered.get(url);
      if (release === undefined) return;
      offered.delete(url);
      URL.revokeObjectURL(url);
      release();
    },
    end() {
      for (const url of offered.keys()) this.taken(url);
    },
  };
}
