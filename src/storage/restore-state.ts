import { openPanelDatabase } from './panel-database.ts';

/** Beside the settings: nothing else has to be read for it when a panel opens. */
const KEY = 'restore';

/** `staging`: nothing has been changed yet. `decided`: the panel's part is done, the background's is to follow. */
export type RestoreState = 'staging' | 'decided';

/** How far a restore has come that has not ended; null: there is none. */
export async function restoreState(): Promise<RestoreState | null> {
  const state: unknown = await (await openPanelDatabase()).get('settings', KEY);
  return state === 'staging' || state === 'decided' ? state : null;
}
