import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHttpbin } from '../support/httpbin.ts';
import { listed } from './cases/index.ts';
import { startCaseServer } from './case-server.ts';
import type { CaseServer } from './case-server.ts';
import type { Facts } from './facts.ts';
import { generatedCases } from './generated.ts';
import { platformDifferences, versionDifferences } from './known-differences.ts';
import type { KnownDifference } from './known-differences.ts';
import { startPythonSender } from './python-sender.ts';
import { askedOf, judge, sendAll } from './run.ts';
import { createSessionSender } from './session-sender.ts';

const cases = [...listed, ...generatedCases(250)];
const session = createSessionSender();

const known: readonly KnownDifference[] = [...versionDifferences, ...platformDifferences.session];
const met = new Set<KnownDifference>();

let requests: readonly (Facts | null)[] = [];
let ours: readonly (Facts | null)[] = [];
let server: CaseServer;

beforeAll(async () => {
  const httpbin = await startHttpbin();
  server = await startCaseServer({ httpbin: httpbin.origin });
  const python = await startPythonSender();
  const asked = cases.map((c) => askedOf(c, versionDifferences));
  requests = await sendAll(python, asked, server);
  ours = await sendAll(session, cases, server);
  await Promise.all([python.close(), session.close(), httpbin.close()]);
});

afterAll(async () => {
  await server.close();
});

test('the cases have names of their own', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

describe('our Session does what Requests does', () => {
  test.for(cases.map((c, at) => [c.name, at] as const))('%s', ([, at]) => {
    const c = cases[at];
    const expected = requests[at];
    const actual = ours[at];
    if (!c || !expected || !actual) throw new Error('The case was not sent');
    const found = judge(c, expected, actual, session, known, (difference) => met.add(difference));
    if (found) expect.fail(found);
  });
});

test('every known difference shows in some case', () => {
  expect(known.filter((difference) => !met.has(difference)).map(({ reason }) => reason)).toEqual([]);
});

test('every digest proves the password', () => {
  const digests = JSON.stringify([requests, ours]).match(/response=\\"\{\w+\}/g) ?? [];
  expect(digests.length).toBeGreaterThan(20);
  expect(new Set(digests)).toEqual(new Set(['response=\\"{right}']));
});

test('the wire is clean', () => {
  server.assertClean();
});
