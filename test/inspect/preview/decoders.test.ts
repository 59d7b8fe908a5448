import { describe, expect, test } from 'vitest';
import { cborText } from '../../../src/inspect/preview/cbor.ts';
import { msgpackText } from '../../../src/inspect/preview/msgpack.ts';
import { protobufText } from '../../../src/inspect/preview/protobuf.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const flat = (text: string): string => text.replaceAll(/\n\s*/g, ' ').replaceAll(/([[{_]) +| +(?=[\]}])/g, '$1');

describe('CBOR', () => {
  // Examples of RFC 8949 appendix A.
  test.each([
    ['00', '0'],
    ['1818', '24'],
    ['1bffffffffffffffff', '18446744073709551615'],
    ['c249010000000000000000', "2(h'010000000000000000') / 18446744073709551616 /"],
    ['3bffffffffffffffff', '-18446744073709551616'],
    ['c349010000000000000000', "3(h'010000000000000000') / -18446744073709551617 /"],
    ['20', '-1'],
    ['3903e7', '-1000'],
    ['f90000', '0.0'],
    ['f98000', '-0.0'],
    ['f93c00', '1.0'],
    ['fb3ff199999999999a', '1.1'],
    ['f97bff', '65504.0'],
    ['fa47c35000', '100000.0'],
    ['fb7e37e43c8800759c', '1e+300'],
    ['f90001', '5.960464477539063e-8'],
    ['f97c00', 'Infinity'],
    ['f97e00', 'NaN'],
    ['f4', 'false'],
    ['f6', 'null'],
    ['f7', 'undefined'],
    ['f0', 'simple(16)'],
    ['f8ff', 'simple(255)'],
    ['c074323031332d30332d32315432303a30343a30305a', '0("2013-03-21T20:04:00Z")'],
    ['d74401020304', "23(h'01020304')"],
    ['40', "h''"],
    ['62c3bc', '"ü"'],
    ['80', '[]'],
    ['8301820203820405', '[1, [2, 3], [4, 5]]'],
    ['a201020304', '{1: 2, 3: 4}'],
    ['a26161016162820203', '{"a": 1, "b": [2, 3]}'],
    ['5f42010243030405ff', "(_h'0102', h'030405')"],
    ['9f018202039f0405ffff', '[_1, [2, 3], [_4, 5]]'],
    ['bf61610161629f0203ffff', '{_"a": 1, "b": [_2, 3]}'],
    ['0102', '1 2'],
  ])('%s', (bytes, expected) => {
    expect(flat(cborText(hex(bytes)))).toBe(expected);
  });

  test.each(['18', '1c', 'ff', '9f01', '5b00000001ffffffff00', '9bffffffffffffffff', '81'.repeat(100_000)])(
    'refuses %#',
    (bytes) => {
      expect(() => cborText(hex(bytes))).toThrow(/at byte \d+/);
    },
  );
});

describe('MessagePack', () => {
  test.each([
    ['7f', '127'],
    ['e0', '-32'],
    ['cfffffffffffffffff', '18446744073709551615'],
    ['d38000000000000000', '-9223372036854775808'],
    ['ca3f800000', '1.0'],
    ['cb3ff199999999999a', '1.1'],
    ['c0c2c3', 'null false true'],
    ['a3616263', '"abc"'],
    ['c403010203', "h'010203'"],
    ['82a161010293c0c2c3', '{"a": 1, 2: [null, false, true]}'],
    ['d6ff00000001', "ext(-1, h'00000001') / 1970-01-01T00:00:01Z /"],
    ['d70500000000000000ff', "ext(5, h'00000000000000ff')"],
    ['dc0000', '[]'],
    ['a2fffe', "h'fffe' / not UTF-8 /"],
  ])('%s', (bytes, expected) => {
    expect(flat(msgpackText(hex(bytes)))).toBe(expected);
  });

  test.each(['c1', 'a5', 'ddffffffff', '91'.repeat(100_000)])('refuses %#', (bytes) => {
    expect(() => msgpackText(hex(bytes))).toThrow(/at byte \d+/);
  });
});

describe('Protocol Buffers', () => {
  test.each([
    ['089601', '1: 150 / sint 75 /'],
    ['08ffffffffffffffffff01', '1: 18446744073709551615 / int -1, sint -9223372036854775808 /'],
    ['120774657374696e67', '2: "testing"'],
    ['1a03089601', '3: {\n  1: 150 / sint 75 /\n}'],
    ['2203ff00ff', "4: h'ff00ff'"],
    ['2d0000803f', '5: 1065353216 / fixed32, 1.0 as a float /'],
    ['31000000000000f03f', '6: 4607182418800017408 / fixed64, 1.0 as a double /'],
    ['3b08013c', '7: {\n  1: 1 / sint -1 /\n}'],
  ])('%s', (bytes, expected) => {
    expect(protobufText(hex(bytes))).toBe(expected);
  });

  test.each(['00', '08', '0f', '12ff', '3b'])('refuses %s', (bytes) => {
    expect(() => protobufText(hex(bytes))).toThrow(/at byte \d+/);
  });
});
