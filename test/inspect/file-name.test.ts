import { describe, expect, it } from 'vitest';
import { dispositionFileName } from '../../src/inspect/content-disposition.ts';
import { fileName } from '../../src/inspect/file-name.ts';

describe('dispositionFileName', () => {
  it.each([
    [null, null],
    ['attachment', null],
    ['attachment; filename=report.pdf', 'report.pdf'],
    ['inline; FILENAME = "a \\"b\\" c.txt"', 'a "b" c.txt'],
    ['filename=x.txt', 'x.txt'],
    ['attachment; filename="EURO.txt"; filename*=UTF-8\'\'%e2%82%ac%20rates.txt', '€ rates.txt'],
    ["attachment; filename*=iso-8859-1'en'%A3.txt", '£.txt'],
    ["attachment; filename=ok.txt; filename*=UTF-8''%ff", 'ok.txt'],
    ["attachment; filename*=nonsense''a; filename=ok.txt", 'ok.txt'],
    ['attachment; filename="na\u00c3\u00afve.txt"', 'naïve.txt'],
    ['attachment; filename="na\u00efve.txt"', 'naïve.txt'],
    ['attachment; filename="a;b=c.txt"', 'a;b=c.txt'],
  ])('finds in %j the name %j', (field, name) => expect(dispositionFileName(field)).toBe(name));
});

describe('fileName', () => {
  const of = (disposition: string | null, url = 'https://h/', type: string | null = null): string =>
    fileName(disposition, url, type);

  it('never gives a path nor a name that a system reserves', () => {
    expect(of('attachment; filename="../../etc/passwd"')).toBe('passwd');
    expect(of('attachment; filename="C:\\\\temp\\\\x.txt"')).toBe('x.txt');
    expect(of('attachment; filename="nul.txt"')).toBe('_nul.txt');
    expect(of('attachment; filename=".bashrc"')).toBe('bashrc');
    expect(of('attachment; filename="a<b>:c?.txt. "')).toBe('a_b__c_.txt');
    expect(of('attachment; filename="x\u202etxt.exe"')).toBe('x_txt.exe');
    expect(of('attachment; filename=".."', 'https://h/a.png')).toBe('a.png');
  });

  it('falls back on the URL and the type', () => {
    expect(of(null, 'https://h/a/b.tar.gz?x=1')).toBe('b.tar.gz');
    expect(of(null, 'https://h/get/', 'application/json; charset=utf-8')).toBe('get.json');
    expect(of(null, 'https://h/', 'text/html')).toBe('response.html');
    expect(of(null, 'https://h/caf%C3%A9', 'image/png')).toBe('café.png');
    expect(of(null, 'https://h/%ff', 'text/x-thing')).toBe('response.txt');
    expect(of(null, 'https://h/x', 'application/hal+json')).toBe('x.json');
    expect(of(null, 'https://h/x')).toBe('x.bin');
  });

  it('keeps the ending when it shortens', () => {
    const name = of(`attachment; filename="${'a'.repeat(300)}.json"`);
    expect(name).toHaveLength(120);
    expect(name.endsWith('.json')).toBe(true);
  });
});
