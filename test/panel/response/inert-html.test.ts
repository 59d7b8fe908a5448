// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { inertHtml, remoteAddresses } from '../../../src/panel/response/body/previews/inert-html.ts';
import { hostileHtml } from '../../e2e/support/preview-samples.ts';

const BASE = 'http://host.test/folder/page';

test('nothing that is active is left, and the policy stands before everything else', () => {
  const html = inertHtml(hostileHtml('http://evil.test'), BASE);
  expect(html).toMatch(/^<!doctype html>/i);
  const first = /<head[^>]*>\s*(<[^>]*>)/.exec(html)?.[1] ?? '';
  expect(first).toContain('Content-Security-Policy');
  expect(first).toContain("default-src 'none'");
  for (const gone of [
    '<script',
    '<link',
    '<base',
    '<iframe',
    '<object',
    '<embed',
    'http-equiv="refresh"',
    ' ping=',
    'img-src *',
  ])
    expect(html, gone).not.toContain(gone);
});

test('a document of quirks mode stays one, and its own text is not changed', () => {
  const html = inertHtml('<p style="color:red">a<b>b</b>', BASE);
  expect(html).not.toMatch(/^<!doctype/i);
  expect(html).toContain('<p style="color:red">a<b>b</b></p>');
});

test('only http addresses of pictures and style sheets are offered, each once', () => {
  const html = `<img src="a.png"><img src="a.png"><img src="data:image/png,x"><img src="file:///etc/passwd"><link rel="stylesheet" href="/s.css"><link rel="preload" href="/p">`;
  expect(remoteAddresses(html, BASE)).toEqual({
    images: ['http://host.test/folder/a.png'],
    sheets: ['http://host.test/s.css'],
  });
});

test('what was loaded lies in the document', () => {
  const remote = new Map([
    ['http://host.test/folder/a.png', 'data:image/png;base64,AA'],
    ['http://host.test/s.css', 'p{color:red}'],
  ]);
  const html = inertHtml('<link rel=stylesheet href=/s.css><img src=a.png srcset="b.png 2x">', BASE, remote);
  expect(html).toContain('<style>p{color:red}</style>');
  expect(html).toContain('src="data:image/png;base64,AA"');
  expect(html).not.toContain('srcset');
});
