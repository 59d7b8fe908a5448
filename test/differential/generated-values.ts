/** The pieces that the generated cases are made of. */
import * as fc from 'fast-check';
import type { Bytes, FieldValue, Files, FileSpec, Scalar } from './case.ts';

export const letters = Array.from('abcXYZ019');
/** Where URLs, forms and headers go wrong: reserved, unsafe, escaped, beyond ASCII, beyond the BMP. */
const awkward = [
  ...letters,
  ...Array.from(' %+&=?/\\:;,.@~*\'()[]{}|^`<>"!$-_'),
  '%20',
  '%2f',
  '%zz',
  'é',
  'ß',
  '☃',
  '𝄞',
  '\t',
  '\u00a0',
];
export const inText = fc.string({ unit: fc.constantFrom(...awkward), maxLength: 12 });
const inName = fc.string({ unit: fc.constantFrom(...awkward), minLength: 1, maxLength: 6 });
export const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 });

export const bytes: fc.Arbitrary<Bytes> = fc
  .uint8Array({ maxLength: 40 })
  .map((content) => ({ $bytes: Buffer.from(content).toString('base64') }));

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 6, arbitrary: inText },
  { weight: 2, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: bytes },
);
const value: fc.Arbitrary<FieldValue> = fc.oneof({ weight: 5, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }));
export const pairs = fc.array(fc.tuple(inName, value), { minLength: 1, maxLength: 5 });
export const mapping = fc
  .uniqueArray(fc.tuple(inName, value), { selector: ([name]) => name, maxLength: 5 })
  .map(($map) => ({ $map }));

/** Pairs whose encoding is not empty: the listed cases have one that is. */
export const form = pairs.filter((made) =>
  made.some(([, given]) => (Array.isArray(given) ? given.some((one) => one !== null) : given !== null)),
);

/** A path below the case's own that never climbs out of it. */
export const path = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: inText.filter((segment) => !/^(?:\.|%2e)+$/i.test(segment)) },
      fc.constant('.'),
      fc.constant('x/..'),
    ),
    { maxLength: 3 },
  )
  .map((segments) => segments.map((segment) => `/${segment.replace(/[?#/\\]/g, '')}`).join('') || '/x');
export const url = fc
  .tuple(path, fc.option(inText), fc.option(inText))
  .map(
    ([rest, query, fragment]) =>
      `{echo}${rest}${query === null ? '' : `?${query}`}${fragment === null ? '' : `#${fragment}`}`,
  );

const fieldName = fc.oneof(
  word.map((name) => `X-${name}`),
  fc.constantFrom(
    'Accept',
    'accept-language',
    'User-Agent',
    'REFERER',
    'Origin',
    'If-None-Match',
    'Content-Type',
    'Range',
    'Via',
    'Authorization',
  ),
);
/** RFC 9110 section 5.5, without obs-text. */
const fieldValue = fc
  .string({
    unit: fc.constantFrom(...letters, ...Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'), ' '),
    maxLength: 20,
  })
  .map((text) => text.trim());
export const fields = fc.uniqueArray(fc.tuple(fieldName, fieldValue), {
  selector: ([name]) => name.toLowerCase(),
  maxLength: 4,
});

const fileContent = fc.oneof(
  inText,
  bytes,
  bytes.map(({ $bytes }) => ({ $file: $bytes })),
);
/** Without what Debian's urllib3 escapes in its own way: the listed cases have that. */
const partName = inName.map((name) => name.replace(/[\\\t]/g, '/'));
export const partPairs = fc.array(fc.tuple(partName, value), { minLength: 1, maxLength: 4 });
const fileSpec: fc.Arbitrary<FileSpec> = fc.oneof(
  fileContent,
  fc.tuple(fc.option(partName), fileContent),
  fc.tuple(partName, fileContent, fc.constantFrom('text/plain', 'image/png')),
  fc.tuple(partName, fileContent, fc.constant('text/plain'), fc.constant({ 'X-Part': '1' })),
);
export const files: fc.Arbitrary<Files> = fc.array(fc.tuple(partName, fileSpec), { minLength: 1, maxLength: 3 });

/** JSON that both languages write alike: what only one of them has (NaN, -0) is left out. */
export const json = fc.jsonValue({ maxDepth: 3 }).filter((made) => !JSON.stringify(made).includes('__proto__'));
