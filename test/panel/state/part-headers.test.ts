import { expect, test } from 'vitest';
import { draftFromRequest } from '../../../src/panel/state/draft-from-request.ts';
import { newDraft } from '../../../src/panel/state/new-draft.ts';
import { requestFromDraft } from '../../../src/panel/state/request-from-draft.ts';
import { newPart } from '../../../src/panel/state/rows.ts';

function read(headers: string) {
  const blank = newDraft();
  const multipart = [newPart({ name: 'f', value: 'x', contentType: 'text/x', headers })];
  return requestFromDraft(
    { ...blank, url: 'http://h.test/', body: { ...blank.body, type: 'multipart', multipart } },
    new Map(),
    null,
  );
}

test('header fields of a part go with it, and come back into the table', () => {
  const result = read('X-One: 1\n\nX-Two:  two : 2 ');
  if (!result.ok) throw new Error(result.error.message);
  const { body } = result.request;
  expect(body).toEqual({
    kind: 'multipart',
    parts: [
      {
        name: 'f',
        value: 'x',
        filename: null,
        contentType: 'text/x',
        headers: [
          ['X-One', '1'],
          ['X-Two', 'two : 2'],
        ],
      },
    ],
  });
  expect(draftFromRequest(result.request, []).draft.body.multipart[0]?.headers).toBe('X-One: 1\nX-Two: two : 2');
});

test('a part without any is as it was before there were some', () => {
  const result = read('');
  expect(result.ok && result.request.body.kind === 'multipart' && result.request.body.parts[0]).not.toHaveProperty(
    'headers',
  );
});

test.each(['no colon', ': no name', 'a b: c', 'Content-Type: text/y'])(
  '%s is refused before anything is sent',
  (line) => {
    const result = read(line);
    expect(result.ok ? null : [result.error.name, result.error.message]).toEqual([
      'InvalidHeader',
      expect.stringContaining(line),
    ]);
  },
);
