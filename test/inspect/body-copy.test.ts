import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asBase64, asDataUrl, asHex } from '../../src/inspect/body-copy.ts';

describe('copied forms of a body', () => {
  it('are what Node makes of the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (content) => {
        const blob = new Blob([content.slice()]);
        expect(await asBase64(blob)).toBe(Buffer.from(content).toString('base64'));
        expect(await asHex(blob)).toBe(Buffer.from(content).toString('hex'));
      }),
    );
  });

  it('are whole where the body is read in several pieces', async () => {
    const content = Uint8Array.from({ length: 1_500_001 }, (_, at) => (at * 31) % 256);
    const blob = new Blob([content]);
    expect((await asBase64(blob)) === Buffer.from(content).toString('base64')).toBe(true);
    expect((await asHex(blob)) === Buffer.from(content).toString('hex')).toBe(true);
  });

  it('name the media type in a data URL, and nothing that could end it', async () => {
    const blob = new Blob(['a b']);
    expect(await asDataUrl(blob, 'Text/HTML; charset="utf-8"; x=y')).toBe('data:text/html;charset=utf-8;base64,YSBi');
    expect(await asDataUrl(blob, null)).toBe('data:application/octet-stream;base64,YSBi');
    expect(await asDataUrl(new Blob(), 'text/plain; charset="a,b"')).toBe('data:text/plain;base64,');
  });
});
