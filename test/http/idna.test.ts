import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidURL } from '../../src/http/errors.ts';
import { hostToAscii } from '../../src/http/idna.ts';

test.each([
  ['EXAMPLE.com', 'example.com'],
  ['foo_bar.*', 'foo_bar.*'],
  ['ジェーピーニック.jp', 'xn--hckqz9bzb1cyrb.jp'],
  ['MÜNCHEN.de', 'xn--mnchen-3ya.de'],
  // Deviations of UTS-46: kept, not mapped to `ss`.
  ['straße.de', 'xn--strae-oqa.de'],
  ['faß.ẞ', 'xn--fa-hia.xn--zca'],
  // One label must not decide over another: whole, this host would be refused (Bidi) or taken for an address.
  ['1a.אב', '1a.xn--4dbc'],
  ['1.é', '1.xn--9ca'],
  ['XN--Invalid.é', 'xn--invalid.xn--9ca'],
])('%j is %j', (host, ascii) => {
  expect(hostToAscii(host)).toBe(ascii);
});

test.each([
  ['☃.net', 'xn--n3h.net'],
  ['Ⅷ.example', 'viii.example'],
  ['ex\u00adample.com', 'example.com'],
  ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
])('%j, which Requests refuses, is %j as in browsers', (host, ascii) => {
  expect(hostToAscii(host)).toBe(ascii);
});

test.each([
  '℀.com',
  'a\u00a0b.com',
  'é|.com',
  '\u0301a.com',
  'אa.com',
  '\u00ad.com',
  `${'é'.repeat(60)}.com`,
  'a\u200cb.com',
])('%j is no host', (host) => {
  expect(() => hostToAscii(host)).toThrow(InvalidURL);
});

test('says the same as the platform for a single label of letters', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zäöüßéèñа-яα-ω]{1,12}$/u), (label) => {
      expect(hostToAscii(`${label}.com`)).toBe(new URL(`http://${label}.com`).hostname);
    }),
  );
});
