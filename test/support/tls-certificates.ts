import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A key with its certificate, as PEM texts. */
interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 of the public key in base64, as Chromium's --ignore-certificate-errors-spki-list wants it. */
  readonly spki: string;
}

export interface TlsCertificates {
  /** Signs `good`, `expired` and `wrongHost`; no browser trusts it by itself. */
  readonly authority: Certificate;
  /** Where the authority's certificate lies as a PEM file, for NODE_EXTRA_CA_CERTS and the like. */
  readonly authorityFile: string;
  /** For the names in `goodNames`, valid today. */
  readonly good: Certificate;
  readonly selfSigned: Certificate;
  /** Ended years ago. */
  readonly expired: Certificate;
  /** For a name that no test uses. */
  readonly wrongHost: Certificate;
}

/** Clients refuse a wildcard right below a top-level domain, so the *.test names are listed one by one. */
export const goodNames = ['localhost', ...['a', 'b', 'c', 'api', 'echo', 'h2', 'app'].map((name) => `${name}.test`)];

interface Subject {
  readonly name: string;
  readonly names?: readonly string[];
  readonly ip?: string;
  /** Not given: signed by itself. */
  readonly issuer?: string;
  /** notBefore and notAfter as YYYYMMDDHHMMSSZ. */
  readonly validity?: readonly [from: string, to: string];
  readonly authority?: boolean;
}

const longValid = ['20200101000000Z', '20491231000000Z'] as const;
const longGone = ['20200101000000Z', '20210101000000Z'] as const;

let made: Promise<TlsCertificates> | undefined;

/** Makes the certificates with the openssl program, once a process, in a temporary folder that goes with it. */
export function tlsCertificates(): Promise<TlsCertificates> {
  made ??= makeAll();
  return made;
}

async function makeAll(): Promise<TlsCertificates> {
  const folder = await mkdtemp(join(tmpdir(), 'request-workbench-tls-'));
  try {
    const authority = await make(folder, { name: 'authority', authority: true });
    const names = goodNames;
    const ip = '127.0.0.1';
    const good = await make(folder, { name: 'good', names, ip, issuer: 'authority' });
    const selfSigned = await make(folder, { name: 'self-signed', names, ip });
    const expired = await make(folder, { name: 'expired', names, ip, issuer: 'authority', validity: longGone });
    const wrongHost = await make(folder, { name: 'wrong-host', names: ['elsewhere.example'], issuer: 'authority' });
    const authorityFile = join(folder, 'authority.crt');
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    return { authority, authorityFile, good, selfSigned, expired, wrongHost };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error('The test certificates could not be made with openssl.', { cause: error });
  }
}

/** `openssl ca` is the one command that sets both dates in every openssl. All file names are relative to the folder. */
async function make(folder: string, subject: Subject): Promise<Certificate> {
  const { name, names = [], ip, issuer = name, validity = longValid, authority = false } = subject;
  const alternatives = [...names.map((host) => `DNS:${host}`), ...(ip ? [`IP:${ip}`] : [])];
  const extensions = authority
    ? ['basicConstraints = critical, CA:true', 'keyUsage = critical, keyCertSign, cRLSign']
    : ['basicConstraints = CA:false', 'extendedKeyUsage = serverAuth', `subjectAltName = ${alternatives.join(', ')}`];
  await writeFile(join(folder, `${name}.cnf`), configuration(names[0] ?? `Test ${name}`, `${name}.index`, extensions));
  await writeFile(join(folder, `${name}.index`), '');
  const openssl = (options: string) => run('openssl', options.split(' '), { cwd: folder });
  const config = `-config ${name}.cnf`;
  const curve = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  await openssl(`req -new ${curve} ${config} -keyout ${name}.key -out ${name}.csr`);
  const signer = issuer === name ? `-selfsign -keyfile ${name}.key` : `-cert ${issuer}.crt -keyfile ${issuer}.key`;
  const dates = `-startdate ${validity[0]} -enddate ${validity[1]}`;
  await openssl(`ca -batch -notext ${config} ${signer} ${dates} -in ${name}.csr -out ${name}.crt`);
  const read = (ending: string) => readFile(join(folder, `${name}.${ending}`), 'utf8');
  const [key, cert] = await Promise.all([read('key'), read('crt')]);
  const publicKey = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return { key, cert, spki: createHash('sha256').update(publicKey).digest('base64') };
}

function configuration(commonName: string, database: string, extensions: readonly string[]): string {
  return `
[ca]
default_ca = test
[test]
database = ${database}
new_certs_dir = .
policy = any
unique_subject = no
rand_serial = yes
default_md = sha256
x509_extensions = extensions
[any]
commonName = supplied
[extensions]
${extensions.join('\n')}
[req]
distinguished_name = name
prompt = no
[name]
CN = ${commonName}
`;
}
