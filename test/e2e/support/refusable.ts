import type { FieldLine } from '../../support/echo-server.ts';
import type { Panel } from '../driver/types.ts';
import { openRequestTab } from './compose.ts';

/** Every field that fetch refuses, with a value that no browser would make up. */
export const REFUSABLE: readonly FieldLine[] = [
  ['Accept-Charset', 'utf-8'],
  ['Accept-Encoding', 'gzip'],
  ['Access-Control-Request-Headers', 'x-a'],
  ['Access-Control-Request-Method', 'PUT'],
  ['Connection', 'close'],
  ['Cookie', 'a=1; b="two"'],
  ['Cookie2', '$Version=1'],
  ['Date', 'Tue, 15 Nov 1994 08:12:31 GMT'],
  ['DNT', '1'],
  ['Expect', '200-ok'],
  ['Host', 'vhost.example:8080'],
  ['Keep-Alive', 'timeout=7'],
  ['Origin', 'https://origin.example'],
  ['Referer', 'https://referer.example/page?x=1'],
  ['TE', 'trailers, deflate'],
  ['Trailer', 'X-Checksum'],
  ['Upgrade', 'example/1'],
  ['User-Agent', 'Own/1.0 (test)'],
  ['Via', '1.1 proxy.example'],
  ['Proxy-Authorization', 'Basic cHJveHk='],
  ['Proxy-Connection', 'keep-alive'],
  ['Proxy-Own', 'yes'],
  ['Sec-Fetch-Site', 'same-origin'],
  ['Sec-Fetch-Mode', 'navigate'],
  ['Sec-Fetch-Dest', 'document'],
  ['Sec-Fetch-User', '?1'],
  ['Sec-CH-UA', '"Own";v="1"'],
  ['Sec-GPC', '1'],
  ['Sec-Own', 'yes'],
  ['X-HTTP-Method-Override', 'TRACE'],
  ['X-Method-Override', 'CONNECT'],
  ['Set-Cookie', 'never=in-a-request'],
];

/** Fills in the Headers table by its text. */
export async function headersAsText(panel: Panel, fields: readonly FieldLine[]): Promise<void> {
  await openRequestTab(panel, 'Headers');
  await panel.check('button', 'Edit as text', true);
  await panel.fill('textbox', 'Headers as text', fields.map(([name, value]) => `${name}: ${value}`).join('\n'));
  await panel.check('button', 'Edit as text', false);
}
