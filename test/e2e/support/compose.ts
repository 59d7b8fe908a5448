import type { Panel } from '../driver/types.ts';

/** A request as a person would compose it. What is left out stays as it is in the panel. */
export interface Composition {
  method?: string;
  url?: string;
  params?: readonly (readonly [name: string, value: string])[];
  headers?: readonly (readonly [name: string, value: string])[];
  body?:
    | { type: 'None' }
    | { type: 'JSON' | 'Text'; text: string }
    | { type: 'Form'; rows: readonly (readonly [name: string, value: string])[] };
}

const REQUEST = { role: 'tablist', name: 'Request' } as const;

export async function openRequestTab(
  panel: Panel,
  name: 'Params' | 'Headers' | 'Body' | 'Auth' | 'Options' | 'Variables',
): Promise<void> {
  await panel.click('tab', new RegExp(`^${name}`), { within: REQUEST });
}

export async function openResponseTab(
  panel: Panel,
  name: 'Body' | 'Headers' | 'Cookies' | 'Sent' | 'Hops' | 'Timing',
): Promise<void> {
  await panel.click('tab', new RegExp(`^${name}`), { within: { role: 'tablist', name: 'Response' } });
}

/** Empties a table row by row, then fills its last, always empty row again and again. */
async function fillTable(panel: Panel, name: string, rows: readonly (readonly [string, string])[]): Promise<void> {
  const within = { role: 'table', name } as const;
  while (await panel.exists('button', 'Remove', { within }))
    await panel.click('button', 'Remove', { within, index: 0 });
  for (const [field, value] of rows) {
    // Typing into the empty row adds another one: the value belongs to the row before it.
    await panel.fill('textbox', 'Name', field, { within, index: -1 });
    await panel.fill('textbox', 'Value', value, { within, index: -2 });
  }
}

/** Fills in the panel by role and name. */
export async function compose(panel: Panel, { method, url, params, headers, body }: Composition): Promise<void> {
  if (method !== undefined) await panel.fill('combobox', 'Method', method);
  if (url !== undefined) await panel.fill('textbox', 'URL', url);
  if (params !== undefined) {
    await openRequestTab(panel, 'Params');
    await fillTable(panel, 'Params', params);
  }
  if (headers !== undefined) {
    await openRequestTab(panel, 'Headers');
    await fillTable(panel, 'Headers', headers);
  }
  if (body === undefined) return;
  await openRequestTab(panel, 'Body');
  await panel.select('combobox', 'Body type', body.type);
  if ('text' in body) await panel.fill('textbox', 'Body', body.text);
  if ('rows' in body) await fillTable(panel, 'Form', body.rows);
}

/** Sends, and waits until the exchange has ended. Returns what the status announces. */
export async function send(panel: Panel): Promise<string> {
  await panel.click('button', 'Send');
  return ended(panel);
}

/** Waits until nothing is in flight; a click has changed the button before it returns. */
export async function ended(panel: Panel, timeout = 20_000): Promise<string> {
  await panel.waitFor('button', 'Send', {}, { timeout });
  return panel.text('status', /.*/, { within: { role: 'region', name: 'Response' } });
}
