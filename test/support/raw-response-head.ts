import { ConnectionError } from '../../src/http/errors.ts';
import type { HeaderLine, WireResponse } from '../../src/http/types.ts';
import type { SocketReader } from './socket-reader.ts';

/** http.client's `_MAXLINE` and `_MAXHEADERS`. */
const LONGEST_LINE = 65_536;
const MOST_HEADERS = 100;

export type Head = Required<Pick<WireResponse, 'status' | 'reason' | 'httpVersion'>> & { headers: HeaderLine[] };

/** Reads a status line and header section as http.client does; interim (1xx) ones are passed over. */
export async function readHead(reader: SocketReader): Promise<Head> {
  for (;;) {
    const status = await readStatusLine(reader);
    const headers = await readHeaders(reader);
    if (status.status >= 200 || status.status === 101) return { ...status, headers };
  }
}

async function readStatusLine(reader: SocketReader): Promise<Omit<Head, 'headers'>> {
  const line = await readLine(reader);
  if (line === '')
    throw new ConnectionError('The server closed the connection without a response', { netError: 'ECONNRESET' });
  const [, httpVersion, digits = '', reason = ''] = /^(HTTP\/\S*)\s+(\d{3})(?:\s+(.*))?$/.exec(line.trim()) ?? [];
  const status = Number(digits);
  if (httpVersion === undefined || status < 100)
    throw new ConnectionError(`Bad status line: ${line.trim()}`, { netError: 'HPE_INVALID_CONSTANT' });
  return { httpVersion, status, reason: reason.trim() };
}

async function readHeaders(reader: SocketReader): Promise<HeaderLine[]> {
  const headers: HeaderLine[] = [];
  let count = 0;
  let readable = true;
  for (let line = await readLine(reader); line.trim() !== ''; line = await readLine(reader)) {
    count += 1;
    if (count > MOST_HEADERS)
      throw new ConnectionError(`got more than ${MOST_HEADERS} headers`, { netError: 'HPE_HEADER_OVERFLOW' });
    if (!readable) continue;
    const folded = headers.at(-1);
    const [, name, value] = /^([^:\s][^:]*):(.*)$/s.exec(line) ?? [];
    if (/^[ \t]/.test(line) && folded !== undefined)
      headers[headers.length - 1] = [folded[0], `${folded[1]} ${line.trim()}`];
    else if (name !== undefined && value !== undefined)
      headers.push([name.trimEnd(), value.replace(/^[ \t]+|[ \t\r\n]+$/g, '')]);
    // Python's parser takes everything from a line without a colon on for the body of a message.
    else readable = false;
  }
  return headers;
}

async function readLine(reader: SocketReader): Promise<string> {
  const line = await reader.line(LONGEST_LINE);
  if (line.length > LONGEST_LINE)
    throw new ConnectionError(`got more than ${LONGEST_LINE} bytes when reading a line of the header section`, {
      netError: 'HPE_HEADER_OVERFLOW',
    });
  return line;
}
