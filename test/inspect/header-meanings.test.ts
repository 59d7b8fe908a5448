import { describe, expect, it } from 'vitest';
import { headerMeaning } from '../../src/inspect/header-meanings.ts';

describe('headerMeaning', () => {
  it('knows fields in any case, with the document that defines them', () => {
    expect(headerMeaning('content-TYPE')).toEqual({
      text: 'The media type of the body, with the charset of a text.',
      source: 'RFC 9110, 8.3',
      url: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.3',
    });
    expect(headerMeaning('X-Of-My-Own')).toBeNull();
  });

  it.each([
    'Cache-Control',
    'ETag',
    'Set-Cookie',
    'Strict-Transport-Security',
    'Access-Control-Allow-Origin',
    'WWW-Authenticate',
    'Vary',
    'Location',
    'Retry-After',
    'Server-Timing',
  ])('explains %s in a sentence', (name) => {
    expect(headerMeaning(name)?.text).toMatch(/^[^\s].{20,160}\.$/);
  });
});
