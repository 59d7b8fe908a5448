import { describe, expect, it } from 'vitest';
import { isJsonLinesType, isJsonType, isTextType, parseMediaType } from '../../src/inspect/media-type.ts';

describe('parseMediaType', () => {
  it('reads type and parameters', () => {
    const media = parseMediaType(' Text/HTML ; Charset="utf-\\8" ; boundary = x; q=1;foo');
    expect(media?.essence).toBe('text/html');
    expect([...(media?.parameters ?? [])]).toEqual([
      ['charset', 'utf-8'],
      ['q', '1'],
    ]);
  });

  it('lets the last of two equal parameters count', () => {
    expect(parseMediaType('text/plain;charset=a;CHARSET=b')?.parameters.get('charset')).toBe('b');
  });

  it.each([null, '', 'text', 'text/', '/html', 'text/ html', 'te xt/html'])('gives nothing for %j', (field) => {
    expect(parseMediaType(field)).toBeNull();
  });
});

describe('kinds of media types', () => {
  const holds = (is: (media: NonNullable<ReturnType<typeof parseMediaType>>) => boolean, field: string): boolean => {
    const media = parseMediaType(field);
    return media !== null && is(media);
  };

  it.each([
    'application/json',
    'text/json',
    'application/problem+json',
    'application/manifest+json',
    'application/x-ndjson',
  ])('%s is JSON', (field) => expect(holds(isJsonType, field)).toBe(true));

  it.each(['application/jsonp', 'text/html', 'application/json5x'])('%s is not', (field) =>
    expect(holds(isJsonType, field)).toBe(false),
  );

  it('knows JSON Lines', () => {
    expect(holds(isJsonLinesType, 'application/x-ndjson')).toBe(true);
    expect(holds(isJsonLinesType, 'application/json')).toBe(false);
  });

  it.each(['text/markdown', 'image/svg+xml', 'application/xhtml+xml', 'application/javascript'])(
    '%s is text',
    (field) => expect(holds(isTextType, field)).toBe(true),
  );

  it.each(['image/png', 'application/octet-stream', 'application/zip'])('%s is not', (field) =>
    expect(holds(isTextType, field)).toBe(false),
  );
});
