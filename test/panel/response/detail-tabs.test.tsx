// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Hop } from '../../../src/model/exchange.ts';
import { ResponsePane } from '../../../src/panel/response/response-pane.tsx';
import type { ExchangeSnapshot } from '../../../src/panel/state/exchange.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { answered, draft, failed, hop, prepared, STARTED_AT } from './snapshots.ts';

afterEach(cleanup);
beforeAll(() => import('../../../src/panel/response/details.tsx'));

async function open(tab: string, snapshot: ExchangeSnapshot, secrets = true): Promise<HTMLElement> {
  render(<ResponsePane exchange={signal(snapshot)} />);
  if (secrets) fireEvent.click(screen.getByRole('button', { name: 'Show secrets' }));
  fireEvent.click(screen.getByRole('tab', { name: new RegExp(`^${tab}`) }));
  const panel = screen.getByRole('tabpanel');
  await waitFor(() => expect(panel.textContent).not.toBe('Opening'));
  return panel;
}

const rows = (table: HTMLElement): string[][] =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? ''));

describe('Headers', () => {
  const snapshot = answered({
    headers: [
      ['Set-Cookie', 'a=1'],
      ['Content-Type', 'text/plain'],
      ['Set-Cookie', 'b=2'],
    ],
  });

  test('shows every received line apart', async () => {
    await open('Headers', snapshot);
    expect(rows(screen.getByRole('table', { name: 'Response headers' }))).toEqual([
      ['Name', 'Value'],
      ['Set-Cookie', 'a=1'],
      ['Content-Type', 'text/plain'],
      ['Set-Cookie', 'b=2'],
    ]);
  });

  test('says on demand what each field means, and where that is written', async () => {
    await open(
      'Headers',
      answered({
        headers: [
          ['ETag', '"x"'],
          ['X-Own', '1'],
        ],
      }),
    );
    expect(screen.queryByRole('link', { name: /^RFC/ })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Explain fields' }));
    const source = await screen.findByRole('link', { name: 'RFC 9110, 8.8.3' }, { timeout: 5000 });
    expect(source.getAttribute('href')).toBe('https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3');
    const table = screen.getByRole('table', { name: 'Response headers' });
    expect(table.textContent).toContain('A name for just this state of the resource.');
    expect(table.textContent).toContain('not explained here');
    fireEvent.click(screen.getByRole('button', { name: 'Explain fields' }));
    expect(screen.queryByRole('link', { name: /^RFC/ })).toBeNull();
  });

  test('masks secrets, and copies them masked, until they are to be shown', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await open('Headers', snapshot, false);
    expect(rows(screen.getByRole('table', { name: 'Response headers' }))[1]).toEqual(['Set-Cookie', 'a=••••••']);
    fireEvent.click(screen.getByRole('button', { name: 'Copy headers' }));
    await screen.findByText('Copied');
    expect(write).toHaveBeenCalledWith(
      'HTTP/1.1 200 OK\nSet-Cookie: a=••••••\nContent-Type: text/plain\nSet-Cookie: b=••••••\n',
    );
    write.mockRestore();
  });

  test('filters by name and value in any case', async () => {
    const panel = await open('Headers', snapshot);
    const filter = screen.getByRole('textbox', { name: 'Filter headers' });
    fireEvent.input(filter, { target: { value: 'PLAIN' } });
    expect(rows(screen.getByRole('table', { name: 'Response headers' }))).toHaveLength(2);
    expect(panel.textContent).toContain('1 of 3 fields');
    fireEvent.input(filter, { target: { value: 'nothing' } });
    expect(panel.textContent).toContain('No field holds “nothing”.');
  });

  test('copies as text', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await open('Headers', snapshot);
    fireEvent.click(screen.getByRole('button', { name: 'Copy headers' }));
    await screen.findByText('Copied');
    expect(write).toHaveBeenCalledWith('HTTP/1.1 200 OK\nSet-Cookie: a=1\nContent-Type: text/plain\nSet-Cookie: b=2\n');
    write.mockRestore();
  });
});

describe('Cookies', () => {
  test('shows what was sent and received, and what became of it', async () => {
    const request = prepared('GET', 'http://h.test/', [['Cookie', 'sid=1; theme=dark']]);
    await open(
      'Cookies',
      answered(
        {},
        {
          hops: [
            hop(request, {
              cookies: [
                { line: 'sid=2; Path=/x; Max-Age=60; Secure; HttpOnly; SameSite=Lax', stored: true, reason: null },
                { line: 'other=1; Domain=evil.test', stored: false, reason: 'The domain does not fit' },
              ],
            }),
          ],
        },
      ),
    );
    const received = rows(screen.getByRole('table', { name: 'Cookies received' }));
    expect(received[0]).toEqual(['Name', 'Value', 'Outcome', 'Domain', 'Path', 'Expires', 'Flags']);
    expect(received[1]?.slice(2)).toEqual(['stored', 'this host', '/x', 'after 60 s', 'Secure HttpOnly SameSite=Lax']);
    expect(received[2]?.slice(2, 4)).toEqual(['rejectedThe domain does not fit', 'evil.test']);
    expect(rows(screen.getByRole('table', { name: 'Cookies sent' }))).toEqual([
      ['Name', 'Value'],
      ['sid', '1'],
      ['theme', 'dark'],
    ]);
  });

  test('are told apart by hop when there are several', async () => {
    const request = prepared('GET', 'http://h.test/', [['Cookie', 'sid=1']]);
    await open('Cookies', answered({}, { hops: [hop(request), hop(request, { index: 1, cause: 'redirect' })] }));
    expect(rows(screen.getByRole('table', { name: 'Cookies sent' }))).toEqual([
      ['Hop', 'Name', 'Value'],
      ['1', 'sid', '1'],
      ['2', 'sid', '1'],
    ]);
  });

  test('that no jar took are shown too', async () => {
    const response = {
      status: 200,
      reason: 'OK',
      httpVersion: null,
      headers: [['Set-Cookie', 'a=1']] as [string, string][],
    };
    const panel = await open('Cookies', answered({}, { hops: [hop(prepared('GET', 'http://h.test/'), { response })] }));
    expect(panel.textContent).toContain('not kept');
    expect(panel.textContent).toContain('No cookies were sent.');
  });
});

describe('Sent', () => {
  const composed = draft({
    method: 'POST',
    url: 'http://h.test/a b',
    headers: [
      { id: '1', enabled: true, name: 'X-Mine', value: '1' },
      { id: '2', enabled: true, name: 'Content-Length', value: '99' },
      { id: '3', enabled: false, name: 'X-Off', value: '1' },
    ],
    body: { ...newDraft().body, type: 'json', json: '{\n"a": 1\n}' },
  });
  const request = prepared(
    'POST',
    'http://h.test/a%20b',
    [
      ['User-Agent', 'browser'],
      ['X-Mine', '1'],
      ['Content-Type', 'application/json'],
    ],
    '{\n"a": 1\n}',
  );
  const snapshot = answered(
    {},
    {
      composed,
      plan: [{ field: 'Content-Length', action: 'dropped', reason: 'The browser counts' }],
      hops: [
        hop(request, {
          sent: [
            ['x-mine', '1'],
            ['User-Agent', 'browser'],
            ['Content-Type', 'application/json'],
            ['Sec-Fetch-Mode', 'cors'],
          ],
          derived: [['Host', 'h.test']],
        }),
      ],
    },
  );
  const lines = (name: string): string[] =>
    [...screen.getByRole('region', { name }).querySelectorAll('.sent-line:not(.sent-none)')].map(
      (line) => line.textContent ?? '',
    );

  test('shows the three views and how each differs from its neighbour', async () => {
    await open('Sent', snapshot);
    expect(lines('Composed')).toEqual([
      'POST http://h.test/a b',
      'X-Mine: 1',
      'Content-Length: 99removed',
      '{',
      '"a": 1',
      '}',
    ]);
    expect(lines('Prepared')).toEqual([
      'POST http://h.test/a%20bchanged',
      'User-Agent: browseraddeddefault field',
      'X-Mine: 1',
      'Content-Type: application/jsonaddedfrom Body',
      '{',
      '"a": 1',
      '}',
    ]);
    expect(lines('Sent')).toEqual([
      'POST http://h.test/a%20b',
      'User-Agent: browser',
      'x-mine: 1changedonly the case of the name',
      'Content-Type: application/json',
      'Sec-Fetch-Mode: corsadded',
      'Host: h.testderived',
      'On the wire the fields stood in another order: Copy raw HTTP keeps it.',
      '10 B handed over as prepared',
    ]);
  });

  test('keeps the same row of the grid for the same field', async () => {
    await open('Sent', snapshot);
    const rowOf = (name: string, text: string): number =>
      [...screen.getByRole('region', { name }).children].findIndex((child) => child.textContent?.startsWith(text));
    for (const field of ['X-Mine', 'Content-Type']) {
      expect(rowOf('Prepared', field)).toBe(rowOf('Sent', field === 'X-Mine' ? 'x-mine' : field));
    }
    expect(rowOf('Composed', 'X-Mine')).toBe(rowOf('Prepared', 'X-Mine'));
  });

  test('copies each as raw HTTP, in the order of the wire', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await open('Sent', snapshot);
    for (const name of ['Composed', 'Prepared', 'Sent']) {
      fireEvent.click(within(screen.getByRole('region', { name })).getByRole('button', { name: 'Copy raw HTTP' }));
    }
    await waitFor(() => expect(write).toHaveBeenCalledTimes(3));
    expect(write.mock.calls.map(([text]) => text)).toEqual([
      'POST http://h.test/a b HTTP/1.1\r\nX-Mine: 1\r\nContent-Length: 99\r\n\r\n{\n"a": 1\n}',
      'POST /a%20b HTTP/1.1\r\nUser-Agent: browser\r\nX-Mine: 1\r\nContent-Type: application/json\r\n\r\n{\n"a": 1\n}',
      'POST /a%20b HTTP/1.1\r\nx-mine: 1\r\nUser-Agent: browser\r\nContent-Type: application/json\r\nSec-Fetch-Mode: cors\r\nHost: h.test\r\n\r\n{\n"a": 1\n}',
    ]);
    write.mockRestore();
  });

  test('shows the last hop, and any other on demand', async () => {
    const second = hop(prepared('GET', 'http://h.test/2'), { index: 1, cause: 'redirect' });
    await open('Sent', { ...snapshot, hops: [...snapshot.hops, second] });
    expect(lines('Sent')[0]).toBe('GET http://h.test/2');
    const list = screen.getByRole('combobox', { name: 'Hop' });
    if (!(list instanceof HTMLSelectElement)) throw new Error('no list');
    list.value = '0';
    fireEvent.change(list);
    expect(lines('Sent')[0]).toBe('POST http://h.test/a%20b');
  });

  test('says so when the browser reported nothing', async () => {
    await open('Sent', failed({}));
    expect(lines('Sent')).toEqual(['The browser has not reported sending it: it failed before.']);
  });
});

describe('Hops', () => {
  const chain: Hop[] = [
    hop(prepared('POST', 'http://a.test/'), {
      response: { status: 302, reason: 'Found', httpVersion: 'HTTP/1.1', headers: [['Location', 'http://b.test/']] },
      bodyUnavailable: true,
      derived: [['Host', 'a.test']],
    }),
    hop(prepared('GET', 'http://b.test/'), {
      index: 1,
      cause: 'redirect',
      dropped: [{ field: 'Authorization', reason: 'the host changed' }],
      response: null,
      error: { name: 'ConnectionError', code: 'connection', message: 'reset', netError: null },
    }),
    hop(prepared('GET', 'http://b.test/'), { index: 2, cause: 'retry', waited: 500 }),
  ];

  test('lists each with its cause, outcome, time and what was dropped', async () => {
    await open('Hops', answered({}, { hops: chain }));
    const items = [...screen.getByRole('list', { name: 'Hops' }).children].map((item) => item.textContent ?? '');
    expect(items).toHaveLength(3);
    expect(items[0]).toMatch(/1first.*POST http:\/\/a\.test\/.*302 Found.*26 ms.*127\.0\.0\.1/);
    expect(items[1]).toMatch(/redirect.*ConnectionError.*dropped Authorization: the host changed/);
    expect(items[2]).toMatch(/retry.*200 OK.*after waiting 500 ms/);
  });

  test('opens one to show its fields, the computed ones marked', async () => {
    await open('Hops', answered({}, { hops: chain }));
    const button = screen.getByTitle('Hop 1: show details');
    fireEvent.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByRole('group', { name: 'Request fields' }).textContent).toContain('Host: a.test derived');
    const response = screen.getByRole('group', { name: 'Response fields' }).textContent;
    expect(response).toContain('Location: http://b.test/');
    expect(response).toContain('The browser hides the body of a redirect.');
  });

  test('shows a single hop open', async () => {
    await open('Hops', answered({ headers: [['X-A', '1']] }));
    expect(screen.getByRole('group', { name: 'Response fields' }).textContent).toContain('X-A: 1');
  });
});

describe('Timing', () => {
  test('gives the phases in numbers, and sizes', async () => {
    const panel = await open('Timing', answered({}));
    expect(rows(screen.getByRole('table', { name: 'Phases of each hop' }))).toEqual([
      ['Phase', 'Hop 1'],
      ['Start', '0 ms'],
      ['Queued', '1 ms'],
      ['DNS', '2 ms'],
      ['Connect', '3 ms'],
      ['TLS', '0 ms'],
      ['Waiting', '20 ms'],
      ['Download', '5 ms'],
      ['Total', '31 ms'],
    ]);
    expect(panel.textContent).toContain('1.21 KiB');
    expect(panel.textContent).toContain('The connection was not encrypted.');
  });

  test('draws one bar for each phase that took time', async () => {
    const panel = await open('Timing', answered({}));
    const bars = [...panel.querySelectorAll<HTMLElement>('.waterfall-bar')];
    expect(bars.map((bar) => bar.dataset['phase'])).toEqual(['queued', 'dns', 'connect', 'waiting', 'download']);
  });

  test('turns the table when there are many hops', async () => {
    const request = prepared('GET', 'http://h.test/');
    const many = Array.from({ length: 5 }, (_, index) => hop(request, { index, startedAt: STARTED_AT + index * 10 }));
    await open('Timing', answered({}, { hops: many }));
    const table = rows(screen.getByRole('table', { name: 'Phases of each hop' }));
    expect(table[0]?.slice(0, 3)).toEqual(['Hop', 'Start', 'Queued']);
    expect(table).toHaveLength(6);
    expect(table[5]?.slice(0, 2)).toEqual(['5', '40 ms']);
  });

  test('shows Server-Timing', async () => {
    await open('Timing', answered({ headers: [['Server-Timing', 'db;dur=53.2;desc="Postgres"']] }));
    expect(rows(screen.getByRole('table', { name: 'Server-Timing' }))[1]).toEqual(['db', '53 ms', 'Postgres']);
  });

  test('shows the certificates where the browser tells them, else says that it does not', async () => {
    const request = prepared('GET', 'https://h.test/');
    const certificate = { subject: 'CN=h.test', issuer: 'CN=R', validFrom: 'a', validTo: 'b', fingerprint: 'AA:BB' };
    const tls = { protocol: 'TLSv1.3', cipher: 'AES', certificates: [certificate] };
    const told = await open('Timing', answered({}, { hops: [hop(request, { tls })] }));
    expect(told.textContent).toMatch(/TLSv1\.3.*AES.*CN=h\.test.*AA:BB/);
    cleanup();
    const untold = await open('Timing', answered({}, { hops: [hop(request)] }));
    expect(untold.textContent).toContain('Chrome does not tell');
  });
});
