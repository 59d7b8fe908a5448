import { Request } from '../../src/http/index.ts';
import type { Measure } from './measure.ts';

const url = 'https://api.example.com/v1/items?view=full';
const params = Array.from({ length: 10 }, (_, at): [string, string] => [`param${at}`, `value ${at} & more`]);
const headers = Array.from({ length: 20 }, (_, at): [string, string] => [`X-Field-${at}`, `some value ${at}`]);

/** About 2 KiB of JSON. */
const json = Array.from({ length: 24 }, (_, at) => ({
  id: at,
  name: `item number ${at}`,
  price: at * 1.25,
  tags: ['new', 'blue'],
  sold: at % 2 === 0,
}));

const prepared = await new Request('POST', url, { params, headers, json }).prepare();

const init = {
  method: 'POST',
  headers: [...prepared.headers],
  body: prepared.body.kind === 'bytes' ? new Uint8Array(prepared.body.bytes) : null,
};

/** The platform's own object for what was prepared: nothing of it is left to be worked out. */
function bare(): globalThis.Request {
  return new globalThis.Request(prepared.url, init);
}

const BATCH = 200;
const ROUNDS = 60;

/** Milliseconds that a batch takes. */
async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  for (let n = 0; n < BATCH; n += 1) await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.sort((one, two) => one - two)[values.length >> 1] ?? Number.NaN;
}

/** Preparing a typical request (20 fields, 10 params, 2 KiB of JSON) beside making a platform Request of the same. */
export async function run(): Promise<Measure[]> {
  const ratios: number[] = [];
  // By turns, so that whatever else the machine does falls on both; the first rounds warm up.
  for (let round = 0; round < ROUNDS; round += 1) {
    const platform = await timed(bare);
    const ours = await timed(() => new Request('POST', url, { params, headers, json }).prepare());
    if (round >= ROUNDS / 3) ratios.push(ours / platform);
  }
  return [{ name: 'preparing a request, to a bare Request of the same', value: median(ratios), unit: '×', limit: 3 }];
}
