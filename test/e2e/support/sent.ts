import type { FieldLine } from '../../support/echo-server.ts';
import type { Panel } from '../driver/types.ts';
import { openResponseTab } from './compose.ts';

/** A field line of the region `Sent`, the marks of the comparison behind it. */
const LINE = /^\s*(:?[!#$%&'*+.^_`|~\w-]+):\s?(.*?)\s*(?:changed|added|derived)*\s*$/;

/** The fields that the Sent tab claims went out, derived ones included. */
export async function claimedFields(panel: Panel): Promise<FieldLine[]> {
  await openResponseTab(panel, 'Sent');
  const text = await panel.text('region', 'Sent');
  await openResponseTab(panel, 'Body');
  return text
    .split('\n')
    .map((line) => LINE.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']): FieldLine => [name, value]);
}
