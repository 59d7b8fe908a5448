import { describe, expect, it } from 'vitest';
import { scrollScale } from '../../../src/panel/response/body/scroll-scale.ts';
import { waterfall } from '../../../src/panel/response/timing/waterfall.ts';
import { hop, prepared, STARTED_AT } from './snapshots.ts';

describe('scrollScale', () => {
  it('is exact as long as the browser can lay it out', () => {
    const scale = scrollScale(18_000, 600);
    expect(scale).toMatchObject({ canvas: 18_000, isExact: true });
    expect(scale.toList(123)).toBe(123);
  });

  it('reaches the first and the last row of a list of any height', () => {
    const height = 18 * 25_000_000;
    const scale = scrollScale(height, 600);
    expect(scale.canvas).toBeLessThan(8_900_000);
    expect(scale.toList(0)).toBe(0);
    expect(scale.toList(scale.canvas - 600)).toBeCloseTo(height - 600);
    expect(scale.toScroll(scale.toList(5_000))).toBeCloseTo(5_000);
    expect(scale.clamp(height)).toBe(height - 600);
    expect(scale.clamp(-5)).toBe(0);
  });

  it('holds for lists shorter than the viewport', () => {
    expect(scrollScale(36, 600).clamp(100)).toBe(0);
    expect(scrollScale(0, 600).canvas).toBe(0);
  });
});

describe('waterfall', () => {
  const request = prepared('GET', 'http://h.test/');

  it('lays phases end to end from where the hop began', () => {
    const { rows, span } = waterfall([hop(request), hop(request, { index: 1, startedAt: STARTED_AT + 100 })], 140);
    expect(span).toBe(140);
    expect(rows[1]?.segments).toEqual([
      { kind: 'queued', start: 100, length: 1 },
      { kind: 'dns', start: 101, length: 2 },
      { kind: 'connect', start: 103, length: 3 },
      { kind: 'waiting', start: 106, length: 20 },
      { kind: 'download', start: 126, length: 5 },
    ]);
    expect(rows[1]?.end).toBe(131);
  });

  it('shows the pause before a retry, and a plain bar where phases are not told', () => {
    const retried = hop(request, { index: 1, startedAt: STARTED_AT + 100, waited: 60, phases: null, duration: 10 });
    expect(waterfall([hop(request), retried], null)).toMatchObject({
      span: 110,
      rows: [
        {},
        {
          segments: [
            { kind: 'pause', start: 40, length: 60 },
            { kind: 'hop', start: 100, length: 10 },
          ],
        },
      ],
    });
  });

  it('has a span even when nothing took any time', () => {
    expect(waterfall([], null).span).toBe(1);
  });
});
