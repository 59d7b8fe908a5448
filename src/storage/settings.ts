import * as v from 'valibot';
import { settingsSchema, standardSettings, type Settings } from '../model/settings.ts';
import { broadcast } from './broadcast.ts';
import { openPanelDatabase } from './panel-database.ts';

const KEY = 'settings';
/** Where panels tell each other that settings have changed. */
const CHANNEL = 'request-workbench-settings';

/** The settings as they are stored; what is missing or unreadable has its standard value. */
export async function readSettings(): Promise<Settings> {
  const db = await openPanelDatabase();
  return parsed(await db.get('settings', KEY));
}

/**
 * Changes some settings and tells every open panel. Reading and writing are one transaction: two panels that change
 * different settings at the same moment both have their way.
 */
export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  const db = await openPanelDatabase();
  const transaction = db.transaction('settings', 'readwrite');
  const next: Settings = { ...parsed(await transaction.store.get(KEY)), ...change };
  await transaction.store.put(next, KEY);
  await transaction.done;
  broadcast(CHANNEL, null);
  return next;
}

/** Hears that another panel has changed something, until the function that is returned is called. */
export function hearSettings(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', () => listener());
  return () => channel.close();
}

function parsed(stored: unknown): Settings {
  const result = v.safeParse(settingsSchema, stored ?? {});
  return result.success ? result.output : standardSettings;
}
