import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBrowserSender } from '../differential/browser-sender.ts';
import { pathOf, startCaseServer } from '../differential/case-server.ts';
import type { CaseServer } from '../differential/case-server.ts';
import { listed } from '../differential/cases/index.ts';
import type { Facts } from '../differential/facts.ts';
import { generatedCases } from '../differential/generated.ts';
import { platformDifferences, versionDifferences } from '../differential/known-differences.ts';
import type { KnownDifference } from '../differential/known-differences.ts';
import { startPythonSender } from '../differential/python-sender.ts';
import { askedOf, judge, sendAll } from '../differential/run.ts';
import { startHttpbin } from '../support/httpbin.ts';
import { BROWSERS, openWorkbench } from './driver/index.ts';
import type { Workbench } from './driver/index.ts';

const cases = [...listed, ...generatedCases(250)];

/** Firefox sends a request that was cut off ten times before it says so; what is asked here is what the engine does. */
const prefs = { 'network.http.request.max-attempts': 1 };

let httpbin: Awaited<ReturnType<typeof startHttpbin>>;
let server: CaseServer;
let requests: readonly (Facts | null)[] = [];

beforeAll(async () => {
  httpbin = await startHttpbin();
  server = await startCaseServer({ httpbin: httpbin.origin, keepAlive: false });
  const python = await startPythonSender();
  requests = await sendAll(
    python,
    cases.map((c) => askedOf(c, versionDifferences)),
    server,
  );
  await python.close();
});

afterAll(async () => {
  await server.close();
  await httpbin.close();
});

describe.each(BROWSERS)('the extension does what Requests does (%s)', (browser) => {
  const known: readonly KnownDifference[] = [...versionDifferences, ...platformDifferences[browser]];
  const met = new Set<KnownDifference>();
  let bench: Workbench;
  let sender: Awaited<ReturnType<typeof createBrowserSender>>;
  let ours: readonly (Facts | null)[] = [];

  beforeAll(async () => {
    bench = await openWorkbench(browser, { prefs });
    sender = await createBrowserSender(browser, bench.panel);
    ours = await sendAll(sender, cases, server);
  });

  afterAll(async () => {
    await bench.close();
  });

  test('nearly every case can be composed in the panel', () => {
    expect(ours.filter((facts) => facts !== null).length).toBeGreaterThan(cases.length * 0.8);
  });

  test('and is sent, received and answered alike', () => {
    const reports = cases.flatMap((c, at) => {
      const expected = requests[at];
      const actual = ours[at];
      if (!actual) return [];
      if (!expected) throw new Error('Requests was not asked');
      const found = judge(c, expected, actual, sender, known, (difference) => met.add(difference));
      return found ? [`${c.name}\n${found}`] : [];
    });
    if (reports.length > 0)
      expect.fail(`${reports.length} of ${cases.length} differ\n${reports.slice(0, 20).join('\n\n')}`);
  });

  test('what it says was sent is what was received', () => {
    const lines = (fields: Iterable<readonly [string, string]>) =>
      Array.from(fields, ([name, value]) => `${name.toLowerCase()}: ${value}`).sort();
    const wrong = cases.flatMap((c, at) => {
      const received = server.received(pathOf(sender.letter, at)).map(({ fields }) => lines(fields));
      const claimed = sender.claims.get(c.name)?.map(lines);
      if (!claimed || received.length === 0) return [];
      return JSON.stringify(claimed) === JSON.stringify(received) ? [] : [{ name: c.name, claimed, received }];
    });
    expect(wrong).toEqual([]);
  });

  test('every difference that the platform forces shows in some case', () => {
    const forced = platformDifferences[browser].filter((one) => !platformDifferences.session.includes(one));
    expect(forced.filter((one) => !met.has(one)).map(({ reason }) => reason)).toEqual([]);
  });

  test('the wire is clean, and nothing went wrong behind it', async () => {
    server.assertClean();
    expect(await bench.backgroundLog()).toEqual([]);
  });
});
