import { describe, expect, it } from 'vitest';
import { compareFidelity, type Comparison } from '../../src/inspect/fidelity.ts';
import type { HeaderLines } from '../../src/model/exchange.ts';

const url = 'https://a.example/x?y=1';
const noBody = { known: true, size: 0, digest: '' } as const;

function compare(captured: HeaderLines, sent: HeaderLines, more: Partial<Comparison> = {}, derived: HeaderLines = []) {
  return compareFidelity({
    captured: { method: 'GET', url, headers: captured, body: noBody },
    sent: { method: 'GET', url, headers: sent, derived, body: noBody },
    plan: [],
    otherCookies: false,
    ...more,
  });
}

describe('compareFidelity', () => {
  it('calls a replay identical whose fields are the same in any case and order', () => {
    const report = compare(
      [
        ['Accept', '*/*'],
        ['User-Agent', 'me'],
      ],
      [
        ['user-agent', 'me'],
        ['Accept', '*/*'],
      ],
    );
    expect(report).toMatchObject({ identical: true, differences: 0 });
    expect(report.fields.map(({ name, kind, otherCase }) => [name, kind, otherCase])).toEqual([
      ['Accept', 'equal', false],
      ['User-Agent', 'equal', true],
    ]);
  });

  it('counts what was computed as the same, and says that it was computed', () => {
    const report = compare(
      [
        ['Host', 'a.example'],
        ['Connection', 'keep-alive'],
      ],
      [],
      {},
      [
        ['Host', 'a.example'],
        ['Connection', 'close'],
      ],
    );
    expect(report.fields).toMatchObject([
      { name: 'Host', kind: 'derived', isDerived: true },
      { name: 'Connection', kind: 'changed', isDerived: true, reason: { code: 'network' } },
    ]);
    expect(report.differences).toBe(1);
  });

  it('names what changed, is missing and was added, each with its reason', () => {
    const plan = [{ field: 'X-Empty', action: 'dropped', reason: 'Firefox cannot.', wayOut: 'Remove it.' }] as const;
    const report = compare(
      [
        ['Accept', 'a'],
        ['X-Empty', ''],
        ['Cookie', 'a=1'],
      ],
      [
        ['Accept', 'b'],
        ['Cookie', 'a=2'],
      ],
      { plan: [...plan], otherCookies: true },
      [['Pragma', 'no-cache']],
    );
    expect(report.fields.map(({ name, kind, reason }) => [name, kind, reason?.code])).toEqual([
      ['Accept', 'changed', 'unknown'],
      ['X-Empty', 'missing', 'note'],
      ['Cookie', 'changed', 'cookie-choice'],
      ['Pragma', 'added', 'cache'],
    ]);
    expect(report.differences).toBe(4);
  });

  it('compares targets as they stand on the request line', () => {
    const sent = { method: 'POST', url: 'http://a.example/a%2fb?', headers: [], derived: [], body: noBody };
    const captured = { method: 'POST', url: 'http://a.example/a%2Fb?#x', headers: [], body: noBody };
    const report = compareFidelity({ captured, sent, plan: [], otherCookies: false });
    expect(report.target).toMatchObject({ kind: 'changed', captured: '/a%2Fb?', sent: '/a%2fb?' });
  });

  it('compares bodies by digest, and never calls one identical that was not known', () => {
    const base = { method: 'POST', url, headers: [] };
    const known = (digest: string) => ({ known: true, size: 3, digest }) as const;
    const with_ = (captured: Comparison['captured']['body'], sent: Comparison['sent']['body']) =>
      compareFidelity({
        captured: { ...base, body: captured },
        sent: { ...base, derived: [], body: sent },
        plan: [],
        otherCookies: false,
      });
    expect(with_(known('a'), known('a'))).toMatchObject({ identical: true });
    expect(with_(known('a'), known('b'))).toMatchObject({ differences: 1, body: { kind: 'changed' } });
    expect(with_({ known: false, size: 3 }, known('a'))).toMatchObject({ differences: 0, identical: false });
    expect(with_({ known: false, size: 4 }, known('a'))).toMatchObject({ differences: 1 });
  });

  it('marks fields that made sense once', () => {
    const report = compare(
      [
        ['If-None-Match', '"a"'],
        ['Range', 'bytes=0-1'],
      ],
      [
        ['If-None-Match', '"a"'],
        ['Range', 'bytes=0-1'],
      ],
    );
    expect(report.fields.every(({ onceOnly }) => onceOnly)).toBe(true);
  });

  it('needs no Host where HTTP/2 names it in the request line', () => {
    expect(compare([['accept', '*/*']], [['accept', '*/*']], {}, [[':authority', 'a.example']]).identical).toBe(true);
  });
});
