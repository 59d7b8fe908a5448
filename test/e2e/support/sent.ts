import type { FieldLine } from '../../support/echo-server.ts';
import type { Panel } from '../driver/types.ts';
import { openResponseTab } from './compose.ts';

/** The fields that the Sent tab claims went out, derived ones included. */
export async function claimedFields(panel: Panel): Promise<FieldLine[]> {
  await panel.check('button', 'Show secrets', true);
  await openResponseTab(panel, 'Sent');
  await panel.waitFor('region', 'Sent');
  const fields = await panel.evaluate<[string, string][]>(`() =>
    [...document.querySelectorAll('[aria-label="Sent"] .field-name')].map((name) => [
      name.textContent, name.parentElement.textContent.slice(name.textContent.length + 2),
    ])`);
  await openResponseTab(panel, 'Body');
  return fields;
}
