import { expect, test } from 'vitest';
import { startH2Server, type H2Request } from '../support/h2-server.ts';
import { tlsCertificates } from '../support/tls-certificates.ts';
import { inBothBrowsers } from './support/browsers.ts';
import { LIST, replayAll, selectAll, waitForListed } from './support/captured.ts';

/** What a server can see: pseudo-fields and fields, their order not. */
const asSeen = ({ fields, body }: H2Request): string =>
  [...fields.map(([name, value]) => `${name}: ${value}`).sort(), '', body.toString('latin1')].join('\n');

inBothBrowsers(
  'over HTTP/2',
  (stage) => {
    test('what a page sent is sent again as it was, and the report says so', async () => {
      const { bench, panel } = stage;
      const { good } = await tlsCertificates();
      await using server = await startH2Server(good);
      server.on('/', (_, stream) => {
        stream.respond({
          ':status': 200,
          'content-type': 'text/html',
          'set-cookie': ['a=1; Secure', 'b=2; Secure; HttpOnly'],
        });
        stream.end('<!doctype html><link rel=icon href=data:,><title>HTTP/2</title>');
      });
      await bench.inspect(`${server.origin()}/`);
      await bench.evaluateInPage(async () => {
        await fetch('/get?x=%2F', { headers: { 'X-Own': 'a' } });
        await fetch('/text', { method: 'POST', body: 'héllo' });
        await fetch('/bytes', { method: 'POST', body: Uint8Array.from([255, 0, 254]) });
        await fetch('/gone', { method: 'DELETE' });
      });
      await waitForListed(panel, 5);
      const originals = server.requests.filter(({ target }) => !target.startsWith('/.well-known/'));
      server.requests.length = 0;
      await selectAll(panel);
      await replayAll(panel);
      expect(server.requests.map(asSeen).sort()).toEqual(originals.map(asSeen).sort());
      expect(await panel.names('option', { within: LIST })).toEqual(
        originals.map(({ method }) => expect.stringMatching(new RegExp(`^${method} .*replayed, identical`))),
      );
    });
  },
  { acceptInsecureCerts: true },
);
