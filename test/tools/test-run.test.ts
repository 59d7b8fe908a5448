import { describe, expect, it } from 'vitest';
import { countLine, countReport } from '../../tools/test/steps.mjs';

describe("counting vitest's report", () => {
  const report = (of: object) =>
    JSON.stringify({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [], ...of });

  it('takes its numbers', () => {
    expect(countReport(report({}), 0)).toEqual({ passed: 3, failed: 0, skipped: 1, failures: [] });
    expect(countReport(report({ numFailedTests: 2 }), 1)).toMatchObject({ failed: 2 });
  });

  it('counts a file that could not be loaded', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(countReport(report({ testResults }), 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('says which failed, and why', () => {
    const failed = {
      status: 'failed',
      fullName: 'Send in Firefox',
      failureMessages: ['expected 1 to be 2\n    at x.ts'],
    };
    const testResults = [
      { status: 'failed', name: 'a.test.ts', message: 'no such module', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'passed', fullName: 'well' }, failed] },
    ];
    expect(countReport(report({ testResults, numFailedTests: 1 }), 1)).toMatchObject({
      failed: 2,
      failures: ['a.test.ts\nno such module', 'Send in Firefox\nexpected 1 to be 2\n    at x.ts'],
    });
  });

  it('counts an error outside of any test', () => {
    expect(countReport(report({}), 1)).toMatchObject({ passed: 3, failed: 1 });
  });
});

describe('counting a last line', () => {
  it.each([
    ['url 3/3\n12 passed, 0 failed\n', 0, { passed: 12, failed: 0 }],
    ['12 passed, 3 failed\n', 1, { passed: 12, failed: 3 }],
    ['12 passed, 0 failed\n', 1, { passed: 12, failed: 1 }],
    ['12 passed, 0 failed\nTypeError: and then it broke', 1, { passed: 0, failed: 1 }],
    ['', 0, { passed: 0, failed: 1 }],
  ])('%j with exit code %i', (output, code, counts) => {
    expect(countLine(output, code)).toEqual(counts);
  });
});
