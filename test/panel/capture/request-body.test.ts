import { describe, expect, it } from 'vitest';
import type { HeaderLines } from '../../../src/model/exchange.ts';
import { createBodyWitnesses } from '../../../src/panel/capture/body-witnesses.ts';
import { bodyEvidence, judgeBody, type BodyEvidence } from '../../../src/panel/capture/request-body.ts';

const chromium = { replacesBytes: true };
const firefox = { replacesBytes: false };
const allBytes = Uint8Array.from({ length: 256 }, (_, at) => at);
const lossy = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function evidence(text: string | null, length: number | null, more: HeaderLines = []): BodyEvidence {
  const lines: HeaderLines = length === null ? [] : [['Content-Length', String(length)]];
  return bodyEvidence('POST', [...lines, ...more], text);
}

const seen = (bytes: Uint8Array<ArrayBuffer>) => ({ bytes, source: 'wire' as const, shared: false });

describe('the body of a captured request', () => {
  it('is none where nothing was sent', () => {
    expect(judgeBody(evidence(null, null), [], chromium)).toEqual({ state: 'none' });
  });

  it('is empty where a length of 0 was sent', () => {
    expect(judgeBody(evidence(null, 0), [], chromium)).toMatchObject({ state: 'exact', bytes: new Uint8Array(0) });
  });

  it.each([
    ['ASCII', 'a=1&b=%C3', chromium],
    ['text beyond ASCII', 'grüße ☃', chromium],
    ['a replacement character that was sent, in Firefox', 'a\uFFFDb', firefox],
  ])('is the log’s text where its length proves it: %s', (_, text, quirks) => {
    const bytes = utf8(text);
    expect(judgeBody(evidence(text, bytes.length), [], quirks)).toEqual({ state: 'exact', bytes, source: 'log' });
  });

  it('is one byte a character where that length proves it', () => {
    const body = judgeBody(evidence(latin1(allBytes), 256), [], firefox);
    expect(body).toEqual({ state: 'exact', bytes: allBytes, source: 'log' });
  });

  it('is not the text of a log that replaces bytes, even when the length fits', () => {
    // F0 9F 92 is one broken sequence: three bytes, and U+FFFD has three bytes too.
    const bytes = Uint8Array.of(0xf0, 0x9f, 0x92);
    expect(utf8(lossy(bytes)).length).toBe(bytes.length);
    expect(judgeBody(evidence(lossy(bytes), 3), [], chromium)).toMatchObject({ state: 'incomplete', gap: 'text-only' });
    expect(judgeBody(evidence(lossy(bytes), 3), [seen(bytes)], chromium)).toEqual({
      state: 'exact',
      bytes,
      source: 'wire',
    });
  });

  it('is not the unpacked text of a body with a Content-Encoding', () => {
    const packed = evidence('abc', 3, [['Content-Encoding', 'gzip']]);
    expect(judgeBody(packed, [], chromium).state).toBe('incomplete');
    expect(judgeBody(packed, [seen(Uint8Array.of(1, 2, 3))], chromium).state).toBe('exact');
  });

  it.each([
    ['nothing is shown', null, 10, 'withheld'],
    ['a part is shown', 'abc', 10, 'text-only'],
    ['no length was sent', 'abc', null, 'unproven'],
  ] as const)('is incomplete when %s', (_, text, length, gap) => {
    expect(judgeBody(evidence(text, length), [], firefox)).toEqual({ state: 'incomplete', gap, text, length });
  });

  it('is no candidate of another length, or of another text', () => {
    const e = evidence(lossy(allBytes), 256);
    expect(judgeBody(e, [seen(allBytes.slice(1))], chromium).state).toBe('incomplete');
    expect(judgeBody(e, [seen(new Uint8Array(256))], chromium).state).toBe('incomplete');
    expect(judgeBody(e, [seen(allBytes)], chromium).state).toBe('exact');
  });

  it('is ambiguous where candidates differ, and sure where they are alike', () => {
    const first = Uint8Array.of(0xff, 1);
    const second = Uint8Array.of(0xfe, 1);
    const e = evidence('\uFFFD\u0001', 2);
    expect(judgeBody(e, [seen(first), seen(second)], chromium)).toMatchObject({ gap: 'ambiguous' });
    expect(judgeBody(e, [seen(first), seen(first.slice())], chromium)).toMatchObject({ state: 'exact', bytes: first });
  });
});

describe('witnesses of bodies', () => {
  const url = 'https://a.example/up';
  const e = evidence('\uFFFD\u0001', 2);

  function judge(witnesses: ReturnType<typeof createBodyWitnesses>, of = e): ReturnType<typeof judgeBody> {
    const verdict = judgeBody(of, witnesses.candidates(url, of), chromium);
    witnesses.settle(url, of, verdict);
    return verdict;
  }

  it('serve one request each', () => {
    const witnesses = createBodyWitnesses();
    witnesses.seen({ method: 'POST', url, bytes: Uint8Array.of(0xff, 1) });
    expect(judge(witnesses).state).toBe('exact');
    expect(judge(witnesses).state).toBe('incomplete');
    witnesses.seen({ method: 'POST', url, bytes: Uint8Array.of(0xfe, 1) });
    expect(judge(witnesses)).toMatchObject({ state: 'exact', bytes: Uint8Array.of(0xfe, 1) });
  });

  it('that could not be told apart prove nothing for the second request either', () => {
    const witnesses = createBodyWitnesses();
    witnesses.seen({ method: 'POST', url, bytes: Uint8Array.of(0xff, 1) });
    witnesses.seen({ method: 'POST', url, bytes: Uint8Array.of(0xfe, 1) });
    expect(judge(witnesses)).toMatchObject({ gap: 'ambiguous' });
    expect(judge(witnesses)).toMatchObject({ gap: 'ambiguous' });
    witnesses.seen({ method: 'POST', url, bytes: Uint8Array.of(0xfd, 1) });
    expect(judge(witnesses)).toMatchObject({ state: 'exact', bytes: Uint8Array.of(0xfd, 1) });
  });

  it('of the page get the boundary that was sent', () => {
    const witnesses = createBodyWitnesses();
    const body = (boundary: string): Uint8Array<ArrayBuffer> => {
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n`;
      return Uint8Array.from([...utf8(head), 0xff, 0xfe, ...utf8(`\r\n--${boundary}--\r\n`)]);
    };
    const sent = body('sent');
    const multipart = evidence(lossy(sent), sent.length, [['Content-Type', 'multipart/form-data; boundary=sent']]);
    witnesses.recorded({
      method: 'post',
      url,
      contentType: 'multipart/form-data; boundary=copy',
      bytes: body('copy'),
    });
    expect(judge(witnesses, multipart)).toEqual({ state: 'exact', bytes: sent, source: 'page' });
  });
});
