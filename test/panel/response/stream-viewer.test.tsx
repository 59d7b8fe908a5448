// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ResponsePane } from '../../../src/panel/response/response-pane.tsx';
import { StreamContext } from '../../../src/panel/response/stream/stream-actions.ts';
import { idleExchange, type ExchangeSnapshot } from '../../../src/panel/state/exchange.ts';
import { answered, STARTED_AT } from './snapshots.ts';

afterEach(cleanup);
beforeAll(async () => {
  await import('../../../src/panel/response/body/body-view.tsx');
  await import('../../../src/panel/response/stream/stream-viewer.tsx');
});

const events = 'id: 7\ndata: one\n\n: note\n\nevent: tick\ndata: {"n":1.0}\ndata:\n\n';
const ofType = (type: string, body: string): ExchangeSnapshot => answered({ headers: [['Content-Type', type]], body });
const rows = (): (string | null)[] =>
  screen.queryAllByRole('option').flatMap((row) => (row.classList.contains('stream-row') ? [row.textContent] : []));

function show(snapshot: ExchangeSnapshot, reconnect: ((id: string) => void) | null = null) {
  const exchange = signal(snapshot);
  const readLive = () => Promise.resolve({ bytes: new Uint8Array(), arrivals: [], ended: true });
  render(
    <StreamContext.Provider value={{ readLive, reconnect, fetchRemote: null }}>
      <ResponsePane exchange={exchange} />
    </StreamContext.Provider>,
  );
  return (next: ExchangeSnapshot) => act(() => void (exchange.value = next));
}

test('an event stream is a list of events, the selected one in full', async () => {
  const reconnect = vi.fn<(id: string) => void>();
  show(ofType('text/event-stream', events), reconnect);
  await waitFor(() => expect(rows()).toHaveLength(3));
  expect(rows()[0]).toMatch(/message.*7.*one/);
  fireEvent.click(screen.getAllByRole('option').at(-1) ?? document.body);
  const detail = await screen.findByRole('region', { name: 'Event 3' });
  await waitFor(() => expect(detail.textContent).toContain('"n": 1.0'));
  expect(detail.textContent).toContain('last id 7');
  fireEvent.click(screen.getByRole('button', { name: 'Reconnect' }));
  expect(reconnect).toHaveBeenCalledWith('7');
});

test('a filter leaves what holds the text', async () => {
  show(ofType('text/event-stream', events));
  await waitFor(() => expect(rows()).toHaveLength(3));
  fireEvent.input(screen.getByRole('textbox', { name: 'Filter events' }), { target: { value: 'TICK' } });
  await waitFor(() => expect(rows()).toHaveLength(1));
  await waitFor(() => expect(screen.getByText('1 of 3 events')).toBeTruthy());
});

test('lines that arrive slowly are shown as they come', async () => {
  const done = ofType('application/x-ndjson', '{"a":1}\n');
  const bytes = new TextEncoder().encode('{"a":1}\n');
  const running: ExchangeSnapshot = {
    ...done,
    state: 'running',
    body: null,
    bodyPart: bytes,
    live: 'x',
    startedAt: STARTED_AT,
  };
  const change = show({ ...idleExchange, state: 'running', startedAt: STARTED_AT });
  await change(running);
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'View as' })).toHaveProperty('value', 'lines'), {
    timeout: 2000,
  });
});
