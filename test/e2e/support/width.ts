import { expect } from 'vitest';
import type { Workbench } from '../driver/types.ts';

/** Makes the panel so wide (CSS pixels), and waits until it is laid out for that. Gives whether one side is seen at a time. */
export async function setWidth(bench: Workbench, width: number): Promise<boolean> {
  await bench.setPanelWidth(width);
  const wanted = width < 560 ? 'narrow' : width < 900 ? 'medium' : 'wide';
  const layout = (): Promise<string | null> =>
    bench.panel.evaluate(() => document.querySelector('.app')?.getAttribute('data-layout') ?? null);
  await expect.poll(layout, { timeout: 10_000 }).toBe(wanted);
  return wanted === 'narrow';
}
