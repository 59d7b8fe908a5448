import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEchoServer, type EchoServer } from '../support/echo-server.ts';
import { startH2Server, type H2Server } from '../support/h2-server.ts';
import { tlsCertificates, type TlsCertificates } from '../support/tls-certificates.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { compose, openRequestTab, openResponseTab, send } from './support/compose.ts';
import { headersAsText, REFUSABLE } from './support/refusable.ts';
import { claimedFields } from './support/sent.ts';

let certificates: TlsCertificates;
const servers: EchoServer[] = [];

beforeAll(async () => {
  certificates = await tlsCertificates();
});
afterAll(async () => {
  for (const server of servers) await server.close();
});

async function secure(which: 'selfSigned' | 'expired' | 'wrongHost' | 'good'): Promise<EchoServer> {
  const server = await startEchoServer({ tls: certificates[which] });
  servers.push(server);
  return server;
}

inBothBrowsers('TLS', (stage) => {
  test.each(['selfSigned', 'expired', 'wrongHost'] as const)('%s: SSLError with the browser’s word', async (which) => {
    const { panel } = stage;
    const server = await secure(which);
    await compose(panel, { method: 'GET', url: `https://localhost:${server.port}/`, body: { type: 'None' } });
    expect(await send(panel)).toContain('SSLError');
    const response = await panel.text('region', 'Response');
    expect(response).toMatch(/certificate|ERR_CERT/i);
    expect(await panel.exists('button', /open the site/i)).toBe(true);
    expect(server.requests).toEqual([]);
  });

  test('with verification off and the exception made, the exchange runs under a standing warning', async () => {
    const { panel, bench } = stage;
    const server = await secure('selfSigned');
    const origin = `https://localhost:${server.port}`;
    await compose(panel, {
      method: 'POST',
      url: `${origin}/insecure`,
      headers: [['Cookie', 'a=1']],
      body: { type: 'Text', text: 'hello' },
    });
    expect(await send(panel)).toContain('SSLError');
    await bench.acceptCertificate(origin, certificates.selfSigned.cert);
    await openRequestTab(panel, 'Options');
    await panel.check('checkbox', 'Verify TLS certificate', false);
    expect(await send(panel)).toContain('200 OK');
    const received = await server.next('/insecure');
    expect(received.body.toString()).toBe('hello');
    expect(received.field('cookie')).toBe('a=1');
    expect(await panel.text('region', 'Response')).toContain('InsecureRequestWarning');
    server.assertClean();
    await openRequestTab(panel, 'Options');
    await panel.check('checkbox', 'Verify TLS certificate', true);
  });

  test('the certificate chain is shown, or that the browser does not tell', async () => {
    const { panel, browser } = stage;
    await openResponseTab(panel, 'Timing');
    const timing = await panel.text('region', 'Response');
    if (browser === 'firefox') {
      expect(timing).toContain('TLSv1.3');
      expect(timing).toContain('TLS_');
    } else expect(timing).toMatch(/Chrome does not tell/i);
    await openResponseTab(panel, 'Body');
  });
});

describe('HTTP/2', () => {
  let server: H2Server;
  beforeAll(async () => {
    server = await startH2Server(certificates.good);
    return () => server.close();
  });

  inBothBrowsers(
    'over TLS',
    (stage) => {
      test('the fields that are claimed are those that came, pseudo-fields as :authority', async () => {
        const { panel } = stage;
        const headers = [
          ['X-MyCase', 'v'],
          ['Cookie', 'a=1; b=2'],
          ['Origin', 'https://o.example'],
          ['Referer', 'https://r.example/'],
          ['User-Agent', 'Own/1'],
          ['Via', '1.1 x'],
        ] as const;
        await compose(panel, {
          method: 'POST',
          url: `${server.origin()}/h2-${stage.browser}`,
          headers,
          body: { type: 'Text', text: 'hello' },
        });
        expect(await send(panel)).toContain('200');
        const received = await server.next(({ target }) => target === `/h2-${stage.browser}`);
        expect(received.body.toString()).toBe('hello');
        const came = received.fields
          .filter(([name]) => !name.startsWith(':') || name === ':authority')
          .map(([name, value]) => `${name}: ${value}`);
        // HTTP/2 may split a Cookie field into its pairs.
        const pairs = came.filter((line) => line.startsWith('cookie: ')).map((line) => line.slice(8));
        const others = came.filter((line) => !line.startsWith('cookie: '));
        const whole = [...others, `cookie: ${pairs.join('; ')}`].toSorted((a, b) => (a < b ? -1 : 1));
        const claimed = (await claimedFields(panel)).map(([name, value]) => `${name.toLowerCase()}: ${value}`);
        expect(claimed.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(whole);
        expect(await panel.text('region', 'Response')).toMatch(/h2|HTTP\/2/);
      });

      test('what HTTP/2 has no place for is said beforehand', async () => {
        const { panel, browser } = stage;
        await compose(panel, {
          method: 'POST',
          url: `${server.origin()}/plan`,
          headers: [
            ['Upgrade', 'example/1'],
            ['Host', 'vhost.example'],
          ],
          body: { type: 'Text', text: 'x' },
        });
        await openRequestTab(panel, 'Headers');
        const notes = /HTTP\/2/;
        await panel.waitFor('tabpanel', /^Headers/, { text: notes });
        if (browser === 'chromium') await panel.waitFor('tabpanel', /^Headers/, { text: /keeps the URL’s host/ });
        await compose(panel, { headers: [] });
      });

      test('every field that fetch refuses arrives, or the plan has said that it will not', async () => {
        const { panel, browser } = stage;
        const url = `${server.origin()}/table-${browser}`;
        await compose(panel, { method: 'POST', url, body: { type: 'Text', text: 'x' } });
        await headersAsText(panel, REFUSABLE);
        await panel.waitFor('tabpanel', /^Headers/, { text: 'no Proxy-Connection field' });
        const plan = await panel.text('tabpanel', /^Headers/);
        // The server resets the stream for these: RFC 9113 8.2.2.
        const fatal = browser === 'chromium' ? ['Keep-Alive', 'TE', 'Upgrade'] : [];
        for (const name of fatal) expect(plan).toMatch(new RegExp(`${name}\\b.*ERR_HTTP2_PROTOCOL_ERROR`));
        const table = REFUSABLE.filter(([name]) => !fatal.includes(name));
        await headersAsText(panel, table);
        expect(await send(panel)).toContain('200');
        const { fields } = await server.next(({ target }) => target === `/table-${browser}`);
        const came = (wanted: string): string =>
          fields
            .filter(([name]) => name === (wanted === 'host' ? ':authority' : wanted))
            .map(([, value]) => value)
            .join('; ');
        const changed = table.filter(([name, value]) => came(name.toLowerCase()) !== value).map(([name]) => name);
        const said: Record<string, string> = { Host: 'keeps the URL’s host', TE: 'TE: trailers' };
        expect(changed.filter((name) => !plan.includes(said[name] ?? `no ${name} field`))).toEqual([]);
        await compose(panel, { headers: [] });
      });

      test('Host becomes :authority in Firefox and is dropped by Chrome', async () => {
        const { panel, browser } = stage;
        await compose(panel, {
          method: 'POST',
          url: `${server.origin()}/vhost-${stage.browser}`,
          headers: [['Host', 'vhost.example']],
          body: { type: 'Text', text: 'x' },
        });
        expect(await send(panel)).toContain('200');
        const received = await server.next(({ target }) => target === `/vhost-${stage.browser}`);
        const expected = browser === 'firefox' ? 'vhost.example' : `localhost:${server.port}`;
        expect(received.authority).toBe(expected);
        const claimed = new Map((await claimedFields(panel)).map(([name, value]) => [name.toLowerCase(), value]));
        expect(claimed.get(':authority')).toBe(expected);
        expect(claimed.has('host')).toBe(false);
      });
    },
    { acceptInsecureCerts: true },
  );
});
