import type { Panel } from '../driver/types.ts';

/** The dialog with all sessions. */
export const SESSIONS = { role: 'dialog', name: 'Sessions' } as const;

export async function openSessions(panel: Panel): Promise<void> {
  await panel.click('button', 'Sessions');
  await panel.waitFor('dialog', 'Sessions');
}

export async function closeSessions(panel: Panel): Promise<void> {
  await panel.click('button', 'Done', { within: SESSIONS });
  await panel.waitUntilGone('dialog', 'Sessions');
}

/** Opens the dialog and adds a session, which the open request then uses. */
export async function addSession(panel: Panel, name: string): Promise<void> {
  await openSessions(panel);
  await panel.click('button', 'Add session');
  await panel.fill('textbox', 'Session name', name);
  await panel.click('button', 'Use for this request');
}

type SessionTab = 'General' | 'Headers' | 'Params' | 'Auth' | 'Adapters' | 'Cookies';

export async function openSessionTab(panel: Panel, name: SessionTab): Promise<void> {
  await panel.click('tab', new RegExp(`^${name}`), { within: { role: 'tablist', name: 'Session settings' } });
}

export async function fillSessionTable(
  panel: Panel,
  name: 'Headers' | 'Params',
  rows: readonly (readonly [name: string, value: string])[],
): Promise<void> {
  await openSessionTab(panel, name);
  const within = { role: 'table', name: `Session ${name.toLowerCase()}` } as const;
  for (const [field, value] of rows) {
    await panel.fill('textbox', 'Name', field, { within, index: -1 });
    await panel.fill('textbox', 'Value', value, { within, index: -2 });
  }
}
