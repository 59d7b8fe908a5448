import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { goodNames, tlsCertificates } from '../support/tls-certificates.ts';

/** What a client that trusts the test authority says to a server with this certificate. */
async function verdict(certificate: { key: string; cert: string }, servername: string): Promise<string> {
  const { authority } = await tlsCertificates();
  const server = createServer({ key: certificate.key, cert: certificate.cert }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', servername, ca: authority.cert });
  const outcome = await new Promise<string>((resolve) => {
    client.on('secureConnect', () => resolve('trusted'));
    client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  client.destroy();
  server.close();
  return outcome;
}

describe('the test certificates', () => {
  it('are trusted with the authority for each good name', async () => {
    const { good } = await tlsCertificates();
    for (const name of goodNames) expect([name, await verdict(good, name)]).toEqual([name, 'trusted']);
  });

  it.each([
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['expired', 'CERT_HAS_EXPIRED'],
    ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ] as const)('fail as %s for that reason', async (kind, code) => {
    expect(await verdict((await tlsCertificates())[kind], 'localhost')).toBe(code);
  });

  it('are made once and lie where they say', async () => {
    const made = await tlsCertificates();
    expect(await tlsCertificates()).toBe(made);
    expect(existsSync(made.authorityFile)).toBe(true);
    expect(made.good.spki).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });
});
