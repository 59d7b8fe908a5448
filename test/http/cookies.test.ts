import { describe, expect, test } from 'vitest';
import { CookieJar } from '../../src/http/cookies.ts';
import { CookieConflictError } from '../../src/http/errors.ts';

const NOW = Date.UTC(2026, 0, 1);

function received(lines: readonly string[], url = 'https://x.example/dir/page', now = NOW): CookieJar {
  const jar = new CookieJar();
  jar.extract(lines, url, now);
  return jar;
}

function reason(line: string, url = 'https://x.example/'): string | undefined {
  return new CookieJar().extract([line], url, NOW)[0]?.reason;
}

describe('what a server may set', () => {
  test('a cookie without Domain goes back to its very host', () => {
    const jar = received(['a=1; Path=/']);
    expect(jar.header('https://x.example/', NOW)).toBe('a=1');
    expect(jar.header('https://sub.x.example/', NOW)).toBeNull();
  });

  test('a cookie with Domain goes to subdomains too', () => {
    const jar = received(['a=1; Path=/; Domain=.X.example']);
    expect(jar.header('https://sub.x.example/', NOW)).toBe('a=1');
    expect(jar.listDomains()).toEqual(['x.example']);
  });

  test.each([
    ['a=1; Domain=other.example', /host's domain/],
    ['a=1; Domain=co.uk', /public suffix/, 'https://x.co.uk/'],
    ['__Host-a=1; Secure; Path=/x', /__Host/],
    ['__Host-a=1; Secure', /__Host/],
    ['__Secure-a=1', /__Secure/],
    ['=v', /no name/],
    [`a=${'x'.repeat(4096)}`, /4096/],
    ['a=1; Secure', /secure connection/, 'http://x.example/'],
  ])('%s is refused with its reason', (line, why, url = 'https://x.example/') => {
    expect(reason(line, url)).toMatch(why);
  });

  test('loopback counts as secure', () => {
    expect(reason('a=1; Secure', 'http://localhost:8080/')).toBeUndefined();
    expect(reason('a=1; Secure', 'http://127.0.0.1/')).toBeUndefined();
  });

  test('a host whose name is a single special label works', () => {
    const jar = received(['a=1'], 'http://test/');
    expect(jar.header('http://test/', NOW)).toBe('a=1');
  });

  test('an address is no domain to have subdomains', () => {
    expect(reason('a=1; Domain=0.0.1', 'http://127.0.0.1/')).toBeDefined();
    expect(received(['a=1'], 'http://[::1]:81/').header('http://[::1]:82/', NOW)).toBe('a=1');
  });

  test('an insecure origin may not replace a Secure cookie', () => {
    const jar = received(['a=1; Secure; Path=/']);
    const [rejected] = jar.extract(['a=2; Path=/'], 'http://x.example/', NOW);
    expect(rejected?.reason).toMatch(/Secure/);
    expect(jar.get('a')).toBe('1');
  });

  test('one domain keeps 180 cookies, the oldest are pushed out', () => {
    const lines = Array.from({ length: 200 }, (_, n) => `c${n}=1; Path=/`);
    const jar = new CookieJar();
    expect(jar.extract(lines, 'https://x.example/', NOW)).toHaveLength(20);
    expect(jar.size).toBe(180);
    expect(jar.get('c19')).toBeUndefined();
    expect(jar.get('c20')).toBe('1');
  });
});

describe('expiry', () => {
  test('Max-Age counts from the arrival and not from the last use', () => {
    const jar = received(['a=1; Path=/; Max-Age=60']);
    expect(jar.header('https://x.example/', NOW + 59_000)).toBe('a=1');
    expect(jar.header('https://x.example/', NOW + 60_000)).toBeNull();
  });

  test('Max-Age wins over Expires', () => {
    const jar = received(['a=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60']);
    expect(jar.header('https://x.example/', NOW)).toBe('a=1');
  });

  test('a past date deletes', () => {
    const jar = received(['a=1; Path=/', 'b=2; Path=/']);
    jar.extract(['a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], 'https://x.example/', NOW);
    expect([...jar].map(({ name }) => name)).toEqual(['b']);
  });
});

describe('the field that is sent', () => {
  test('longest path first, then the oldest', () => {
    const jar = received(['a=1; Path=/', 'b=2; Path=/dir', 'c=3; Path=/']);
    expect(jar.header('https://x.example/dir/x', NOW)).toBe('b=2; a=1; c=3');
  });

  test('a replaced cookie keeps its place', () => {
    const jar = received(['a=1; Path=/', 'b=2; Path=/', 'a=3; Path=/']);
    expect(jar.header('https://x.example/', NOW)).toBe('a=3; b=2');
  });

  test('paths match at a slash only, and are not decoded', () => {
    const jar = received(['a=1; Path=/p', 'b=2; Path=/a%20b']);
    expect(jar.header('https://x.example/pp', NOW)).toBeNull();
    expect(jar.header('https://x.example/a%20b/c', NOW)).toBe('b=2');
  });
});

describe('as a mapping', () => {
  test('a cookie set without a domain goes everywhere', () => {
    const jar = new CookieJar();
    jar.set('a', '1');
    expect(jar.header('http://one.example/')).toBe('a=1');
    expect(jar.header('http://two.example/')).toBe('a=1');
  });

  test('null deletes, in one place or everywhere', () => {
    const jar = new CookieJar();
    jar.set('a', '1', { domain: 'x.example' });
    jar.set('a', '2', { domain: 'y.example' });
    jar.set('a', null, { domain: 'x.example' });
    expect(jar.getDict()).toEqual({ a: '2' });
    jar.set('a', null);
    expect(jar.size).toBe(0);
  });

  test('one name in two domains is a conflict until told apart', () => {
    const jar = new CookieJar();
    jar.set('a', '1', { domain: 'x.example' });
    jar.set('a', '2', { domain: 'y.example' });
    expect(() => jar.get('a')).toThrow(CookieConflictError);
    expect(jar.get('a', { domain: 'Y.example' })).toBe('2');
  });

  test("a server's own cookie replaces the one that was set for its host", () => {
    const jar = new CookieJar();
    jar.set('sid', 'mine', { domain: 'x.example' });
    jar.extract(['sid=theirs; Path=/'], 'https://x.example/', NOW);
    expect(jar.header('https://x.example/', NOW)).toBe('sid=theirs');
    jar.set('sid', 'mine again', { domain: 'x.example' });
    expect(jar.header('https://x.example/', NOW)).toBe('sid=mine again');
  });

  test('a copy is on its own', () => {
    const jar = received(['a=1; Path=/']);
    const copy = jar.copy();
    copy.set('b', '2');
    copy.extract(['a=; Path=/; Max-Age=0'], 'https://x.example/', NOW);
    expect(jar.getDict()).toEqual({ a: '1' });
    expect(copy.getDict()).toEqual({ b: '2' });
  });
});

describe('as plain data', () => {
  test('a jar survives JSON', () => {
    const jar = received([
      'a=1; Path=/; Domain=x.example; HttpOnly; SameSite=lax',
      'b=2; Secure; Max-Age=60',
      'c="q v"; Path=/c',
    ]);
    jar.set('everywhere', 'é');
    const again = CookieJar.fromJSON(JSON.parse(JSON.stringify(jar)));
    expect(again.toJSON()).toEqual(jar.toJSON());
    expect(again.header('https://x.example/dir/', NOW)).toBe(jar.header('https://x.example/dir/', NOW));
  });

  test('what is no jar is refused', () => {
    expect(() => CookieJar.fromJSON({})).toThrow(RangeError);
    expect(() => CookieJar.fromJSON([{ name: 'a' }])).toThrow(RangeError);
  });
});
