import { describe, expect, it } from 'vitest';
import { bodyKind } from '../../src/inspect/body-kind.ts';
import { parseMediaType } from '../../src/inspect/media-type.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];
const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];

describe('bodyKind', () => {
  it.each([
    ['application/json', bytes('not json'), 'json'],
    ['application/vnd.api+json', [], 'json'],
    ['text/html', bytes('{"a":1}'), 'text'],
    ['text/html', [0, 1, 2], 'text'],
    ['image/png', PNG, 'image'],
    ['image/png', bytes('<html>no image</html>'), 'text'],
    ['image/svg+xml', bytes('<svg/>'), 'text'],
    ['application/octet-stream', PNG, 'image'],
    ['application/octet-stream', bytes('{"a": [1, 2'), 'json'],
    ['application/octet-stream', [0, 1, 2, 3], 'binary'],
    ['text/plain', bytes('  [1, 2]'), 'json'],
    ['text/plain', bytes('[INFO] started'), 'text'],
    ['text/plain', PNG, 'image'],
    ['text/plain; charset=UTF-16', [0x61, 0, 0x62, 0], 'text'],
    ['text/plain; charset=utf-32be', [0, 0, 0, 0x61], 'text'],
    ['text/plain; charset=utf-8', [0x61, 0], 'binary'],
    ['text/plain', [0xff, 0xfe, 0x61, 0], 'text'],
    ['application/pdf', bytes('%PDF-1.7\n%\u0001'), 'binary'],
    ['application/x-unknown', bytes('words'), 'text'],
    [null, bytes('{"a":1}'), 'json'],
    [null, bytes('hello'), 'text'],
    [null, PNG, 'image'],
    [null, [], 'text'],
  ] as const)('sees %s with %j as %s', (field, head, kind) => {
    expect(bodyKind(parseMediaType(field), Uint8Array.from(head))).toBe(kind);
  });
});
