import { readdirSync } from 'node:fs';
import type { Measure } from './measure.ts';

/** Runs every benchmark of this folder, or those named as arguments, and fails when a figure is above its limit. */
const wanted = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !['main.ts', 'measure.ts'].includes(file))
  .map((file) => file.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

let failed = 0;
for (const name of names) {
  console.log(`\n${name}`);
  const { run } = (await import(`./${name}.ts`)) as { run: () => Promise<readonly Measure[]> };
  for (const { name: what, value, unit, limit } of await run()) {
    const ok = value <= limit;
    if (!ok) failed += 1;
    console.log(`  ${ok ? 'ok    ' : 'ABOVE '} ${value.toFixed(2)} ${unit} (at most ${limit} ${unit})  ${what}`);
  }
}
process.exitCode = failed === 0 ? 0 : 1;
