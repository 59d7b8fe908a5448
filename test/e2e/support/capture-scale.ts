import { startEchoServer } from '../../support/echo-server.ts';
import { openWorkbench } from '../driver/index.ts';
import type { BrowserName, Panel, Workbench, WorkbenchOptions } from '../driver/types.ts';
import { waitForListed } from './captured.ts';

/** How the list behaves when it is long. Milliseconds. */
export interface CaptureScale {
  /** From typing into the filter to the list that shows the answer, at the median. */
  readonly filter: number;
  /**
   * The longest time between two frames while scrolling from end to end. Of each step the best of five runs counts: a
   * step that is slow is slow each time, while what else the machine does comes at another step each time.
   */
  readonly scroll: number;
}

const FILTERS = [
  'item/77',
  'method:POST',
  'status:4xx',
  'domain:127.0.0.1 -item/1',
  'type:json larger-than:1',
  String.raw`/item\/\d*5$/`,
  'mime:application/* item',
  '',
];

/** A browser whose captured list is long, ready to be measured. */
export interface LongCapture {
  readonly bench: Workbench;
  measure(): Promise<CaptureScale>;
  close(): Promise<void>;
}

/** Lets a page send `count` requests, so that the real list gets that long. */
export async function fillCapture(
  browser: BrowserName,
  count: number,
  options?: WorkbenchOptions,
): Promise<LongCapture> {
  const server = await startEchoServer();
  const bench = await openWorkbench(browser, options);
  const close = async (): Promise<void> => {
    await bench.close();
    await server.close();
  };
  try {
    server.on('/', (_, reply) =>
      reply.send({ fields: [['Content-Type', 'text/html']], body: '<!doctype html><link rel=icon href=data:,>' }),
    );
    server.on(/^\/item\//, (_, reply) =>
      reply.send({ fields: [['Content-Type', 'application/json']], body: '{"kind": "item"}' }),
    );
    await bench.inspect(server.origin);
    await sendMany(bench, count);
    await waitForListed(bench.panel, count);
  } catch (error) {
    await close();
    throw error;
  }
  return { bench, measure: () => measureList(bench.panel), close };
}

const RUNS = 5;

async function measureList(panel: Panel): Promise<CaptureScale> {
  const filter = await panel.evaluate(timeFilters, [...FILTERS, ...FILTERS]);
  const runs: number[][] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await panel.evaluate(frameTimes));
  const [first = []] = runs;
  return { filter, scroll: Math.max(...first.map((_, step) => Math.min(...runs.map((times) => times[step] ?? 0)))) };
}

async function sendMany(bench: Workbench, count: number): Promise<void> {
  const AT_ONCE = 500;
  for (let from = 0; from < count; from += AT_ONCE) {
    await bench.evaluateInPage(
      async (start: number, end: number) => {
        const one = async (index: number): Promise<void> => {
          const init = index % 7 === 0 ? { method: 'POST', body: `{"index": ${index}}` } : {};
          await (await fetch(`/item/${index}`, init)).text();
        };
        for (let at = start; at < end; at += 50) {
          await Promise.all(Array.from({ length: Math.min(50, end - at) }, (_, offset) => one(at + offset)));
        }
      },
      from,
      Math.min(from + AT_ONCE, count),
    );
  }
}

/** Runs in the panel. What is drawn next is in the document when the list has changed. */
async function timeFilters(filters: string[]): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('input[aria-label=Filter]');
  const pane = field?.closest('.capture');
  if (!field || !pane) throw new Error('There is no filter');
  const times: number[] = [];
  for (const text of filters) {
    await new Promise((done) => requestAnimationFrame(done));
    const changed = new Promise<void>((done) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        done();
      });
      observer.observe(pane, { subtree: true, childList: true, characterData: true });
    });
    const start = performance.now();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await changed;
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Runs in the panel. Scrolls through the list in 120 steps: the time from each step to the frame that shows it. */
async function frameTimes(): Promise<number[]> {
  const list = document.querySelector('[role=listbox][aria-label=Captured]');
  if (list === null) throw new Error('There is no list');
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
  list.scrollTop = 0;
  await frame();
  const times: number[] = [];
  let last = await frame();
  for (let step = 1; step <= 120; step += 1) {
    list.scrollTop = (list.scrollHeight * step) / 120;
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times;
}
