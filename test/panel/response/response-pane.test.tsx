// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ResponsePane } from '../../../src/panel/response/response-pane.tsx';
import { idleExchange, type ExchangeSnapshot } from '../../../src/panel/state/exchange.ts';
import { answered, draft, failed, hop, prepared, STARTED_AT } from './snapshots.ts';

afterEach(cleanup);
// Otherwise the first test that shows them would have to wait for them.
beforeAll(async () => {
  await import('../../../src/panel/response/body/body-view.tsx');
  await import('../../../src/panel/response/details.tsx');
});

function show(first: ExchangeSnapshot) {
  const exchange = signal(first);
  const actions = { onResend: vi.fn(), onOpenSite: vi.fn(), onAskAccess: vi.fn() };
  render(<ResponsePane exchange={exchange} {...actions} />);
  return {
    ...actions,
    next: (snapshot: ExchangeSnapshot) =>
      act(() => {
        exchange.value = snapshot;
      }),
  };
}

const region = () => screen.getByRole('region', { name: 'Response' });
const status = () => within(region()).getByRole('status').textContent;

describe('the response region', () => {
  test('teaches while idle', () => {
    show(idleExchange);
    expect(status()).toBe('No response yet');
    expect(screen.getByRole('region', { name: 'Response body' }).textContent).toContain('press Send or Ctrl + Enter');
    expect(screen.getByRole('tablist', { name: 'Response' })).toBeTruthy();
    fireEvent.click(screen.getByRole('tab', { name: /^Headers/ }));
    expect(screen.getByRole('tabpanel').textContent).toBe('The header fields will be here.');
  });

  test('has the tabs of the contract, and they work by arrow keys', () => {
    show(answered({}));
    const list = screen.getByRole('tablist', { name: 'Response' });
    const names = within(list)
      .getAllByRole('tab')
      .map((tab) => tab.querySelector('.tab-label')?.textContent);
    expect(names).toEqual(['Body', 'Headers', 'Cookies', 'Sent', 'Hops', 'Timing']);
    fireEvent.keyDown(screen.getByRole('tab', { name: /^Body/ }), { key: 'ArrowRight' });
    expect(screen.getByRole('tab', { name: /^Headers/ }).getAttribute('aria-selected')).toBe('true');
    expect(screen.getByRole('tabpanel', { name: /^Headers/ })).toBeTruthy();
  });

  test('announces status and reason, and supplies the phrase that HTTP/2 has no place for', async () => {
    const { next } = show(answered({ status: 200, reason: 'OK' }));
    expect(status()).toBe('200 OK');
    await next(answered({ status: 404, reason: '' }));
    expect(status()).toBe('404 Not Found');
    await next(answered({ status: 799, reason: '' }));
    expect(status()).toBe('799');
  });

  test('says how far it is, and keeps the tabs while it waits', async () => {
    const { next } = show({ ...idleExchange, state: 'running', composed: draft(), startedAt: Date.now() });
    expect(status()).toBe('Preparing the request');
    const running = { ...answered({}), state: 'running', head: null, body: null, bodyPart: null } as const;
    await next(running);
    expect(status()).toBe('Waiting for the response');
    expect(screen.getByRole('progressbar', { name: 'Progress' })).toBeTruthy();
    expect(screen.getByRole('tablist', { name: 'Response' })).toBeTruthy();
    await next({ ...running, waiting: { wait: 1500, attempt: 2, reason: 'status 503' } });
    expect(status()).toBe('Waiting 1.5 s before retry 2');
    await next({ ...running, progress: { phase: 'upload', loaded: 10, total: 20 } });
    expect(status()).toBe('Uploading');
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50');
    const file = {
      ...prepared('POST', 'http://h.test/'),
      body: { kind: 'blob', size: 3 * 2 ** 20, head: new Uint8Array() },
    } as const;
    await next({ ...running, prepared: file, hops: [hop(file)] });
    expect(status()).toBe('Sending 3 MiB and waiting for the response');
    expect(screen.getByRole('progressbar').hasAttribute('aria-valuenow')).toBe(false);
    await next({ ...running, prepared: file, hops: [hop(file), hop(prepared('GET', 'http://h.test/'))] });
    expect(status()).toBe('Waiting for the response');
  });

  test('shows time, size, protocol and address', () => {
    show(answered({ body: 'x'.repeat(1536) }));
    expect(region().textContent).toMatch(/26 ms.*1\.5 KiB.*HTTP\/1\.1.*127\.0\.0\.1/);
  });

  test('stands by its warnings', () => {
    show(answered({}, { warnings: ['InsecureRequestWarning: unverified'] }));
    expect(screen.getByRole('list', { name: 'Warnings' }).textContent).toContain('InsecureRequestWarning');
  });
});

describe('a failure', () => {
  test.each([
    ['connection', 'net::ERR_NAME_NOT_RESOLVED', /spelling of the host/],
    ['connection', 'NS_ERROR_UNKNOWN_HOST', /spelling of the host/],
    ['connection', 'net::ERR_CONNECTION_REFUSED', /Nothing listens there/],
    ['connection', 'net::ERR_EMPTY_RESPONSE', /hung up/],
    ['connection', null, /URL and network/],
    ['unsupported', 'net::ERR_UNSAFE_PORT', /refuse this port/],
    ['unsupported', null, /notes at the request/],
    ['connect-timeout', 'net::ERR_CONNECTION_TIMED_OUT', /Connect timeout/],
    ['read-timeout', null, /Read timeout/],
    ['timeout', null, /Total timeout/],
    ['missing-schema', null, /https:\/\/ or http:\/\//],
    ['invalid-schema', null, /Only http/],
    ['invalid-url', null, /well-formed/],
    ['invalid-header', null, /line break/],
    ['too-many-redirects', null, /Max redirects/],
    ['nobody-knows', null, /Check the request/],
  ])('of code %s, called %s by the browser, comes with its remedy', (code, netError, remedy) => {
    show(failed({ name: 'SomeError', code, message: 'What happened', netError }));
    expect(status()).toBe('SomeError: What happened');
    expect(screen.getByRole('region', { name: /SomeError/ }).textContent).toMatch(remedy);
  });

  test.each([
    ['net::ERR_CERT_AUTHORITY_INVALID', /authority that this browser does not trust/],
    ['net::ERR_CERT_COMMON_NAME_INVALID', /for another host/],
    ['net::ERR_CERT_DATE_INVALID', /expired/],
    ['MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT', /authority that this browser does not trust/],
    ['The certificate is not trusted because it is self-signed.', /does not trust/],
    ['SSL_ERROR_BAD_CERT_DOMAIN', /for another host/],
    ['net::ERR_SSL_PROTOCOL_ERROR', /no TLS/],
  ])('of TLS, %s, is put in words and the site can be opened', (netError, words) => {
    const { onOpenSite } = show(failed({ name: 'SSLError', code: 'ssl', netError }));
    expect(screen.getByRole('region', { name: /SSLError/ }).textContent).toMatch(words);
    fireEvent.click(screen.getByRole('button', { name: 'Open the site in a tab' }));
    expect(onOpenSite).toHaveBeenCalledWith('https://h.test/');
  });

  test('for want of access offers to ask for it', () => {
    const { onAskAccess } = show(failed({ name: 'PermissionError', code: 'permission' }, { hops: [] }));
    fireEvent.click(screen.getByRole('button', { name: 'Grant access' }));
    expect(onAskAccess).toHaveBeenCalledWith('https://h.test/');
  });

  test('whose outcome is unknown offers to send again', () => {
    const { onResend } = show(failed({ name: 'OutcomeUnknown', code: 'outcome-unknown' }));
    fireEvent.click(screen.getByRole('button', { name: 'Send again' }));
    expect(onResend).toHaveBeenCalledOnce();
  });

  test('in mid-body keeps the status and what came', async () => {
    const error = { name: 'ChunkedEncodingError', code: 'chunked-encoding', message: 'It ended early', netError: null };
    show(answered({ headers: [['Content-Type', 'text/plain']], body: 'the first part' }, { error }));
    expect(status()).toBe('200 OK · ChunkedEncodingError: It ended early');
    const tab = screen.getByRole('tabpanel', { name: /^Body/ });
    expect(await within(tab).findByText(/the first part/)).toBeTruthy();
    expect(tab.textContent).toContain('ChunkedEncodingError: the body was cut off after 14 B.');
  });

  test('leaves Headers and Timing with a word instead of nothing', async () => {
    show(failed({}));
    fireEvent.click(screen.getByRole('tab', { name: /^Headers/ }));
    expect(screen.getByRole('tabpanel').textContent).toContain('No response came');
    fireEvent.click(screen.getByRole('tab', { name: /^Timing/ }));
    expect(await screen.findByRole('table', { name: 'Phases of each hop' })).toBeTruthy();
  });
});

describe('an exchange that replaces another', () => {
  test('is shown on the tab that was open', async () => {
    const { next } = show(answered({ headers: [['X-One', '1']] }));
    fireEvent.click(screen.getByRole('tab', { name: /^Headers/ }));
    const request = prepared('GET', 'http://h.test/');
    await next({ ...answered({ headers: [['X-Two', '2']] }), startedAt: STARTED_AT + 1, hops: [hop(request)] });
    expect(screen.getByRole('table', { name: 'Response headers' }).textContent).toContain('X-Two');
  });
});
