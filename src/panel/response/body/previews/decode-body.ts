import { asUtf8 } from '../../../../inspect/as-utf8.ts';
import type { PreviewKind } from '../../../../inspect/preview/preview-kind.ts';
import { previewStrings } from '../../../preview-strings.ts';

const words = previewStrings.previews;

/** Kinds that become text when they are decoded. */
export type DecodedKind = Extract<PreviewKind, 'xml' | 'jwt' | 'pem' | 'msgpack' | 'cbor' | 'protobuf'>;

/** A body in words, by its format. Each decoder is loaded when it is first needed. @throws what the decoder throws */
export async function decodeBody(kind: DecodedKind, blob: Blob, charset: string): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  switch (kind) {
    case 'xml': {
      const { formatXml } = await import('../../../../inspect/preview/xml-format.ts');
      return formatXml(await (await asUtf8(blob, charset)).text());
    }
    case 'msgpack': {
      const { msgpackText } = await import('../../../../inspect/preview/msgpack.ts');
      return msgpackText(bytes);
    }
    case 'cbor': {
      const { cborText } = await import('../../../../inspect/preview/cbor.ts');
      return cborText(bytes);
    }
    case 'protobuf': {
      const { protobufText } = await import('../../../../inspect/preview/protobuf.ts');
      return protobufText(bytes);
    }
    case 'jwt':
      return jwtText(bytes);
    case 'pem':
      return certificatesText(bytes);
  }
}

async function jwtText(bytes: Uint8Array): Promise<string> {
  const { readJwt } = await import('../../../../inspect/preview/jwt.ts');
  const { formatJson } = await import('../../../../inspect/json-format.ts');
  const jwt = readJwt(new TextDecoder().decode(bytes), Date.now());
  if (jwt === null) throw new Error(words.noJwt);
  return [
    words.jwtHeader,
    formatJson(jwt.header) ?? jwt.header,
    '',
    words.jwtPayload,
    formatJson(jwt.payload) ?? jwt.payload,
    ...(jwt.times.length === 0 ? [] : ['', words.jwtTimes, ...jwt.times]),
    '',
    words.jwtSignature,
    jwt.signature === '' ? words.jwtUnsigned : jwt.signature,
  ].join('\n');
}

async function certificatesText(bytes: Uint8Array): Promise<string> {
  const { readCertificates } = await import('../../../../inspect/preview/certificate.ts');
  const certificates = await readCertificates(bytes);
  return certificates
    .map((certificate, at) => {
      const facts: (readonly [string, string])[] = [
        [words.certificate.subject, certificate.subject],
        [words.certificate.issuer, certificate.issuer],
        [words.certificate.validFrom, certificate.notBefore],
        [
          words.certificate.validTo,
          certificate.notAfter + (Date.parse(certificate.notAfter) < Date.now() ? words.certificate.expired : ''),
        ],
        [words.certificate.names, certificate.names.join(', ')],
        [words.certificate.key, certificate.key],
        [words.certificate.signature, certificate.signature],
        [
          words.certificate.usage,
          [...certificate.usage, ...(certificate.isAuthority ? [words.certificate.authority] : [])].join(', '),
        ],
        [words.certificate.serial, certificate.serial],
        [words.certificate.fingerprint, certificate.fingerprint],
      ];
      const width = Math.max(...facts.map(([label]) => label.length));
      const lines = facts
        .filter(([, value]) => value !== '')
        .map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
      return [words.certificate.title(at + 1, certificates.length), ...lines].join('\n');
    })
    .join('\n\n');
}
