import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BROWSERS } from './driver/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs what `npm start` runs, on a machine without a display. */
function start(browser: string): Promise<{ code: unknown; output: string; complaints: string }> {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['tools/start.mjs', '--browser', browser],
      { cwd: root, env },
      (error, output, complaints) => resolve({ code: error?.code ?? 0, output, complaints }),
    );
  });
}

describe.skipIf(process.platform !== 'linux')('npm start without a display', () => {
  it.each(BROWSERS)('shows an exchange through the panel in %s and ends', async (browser) => {
    const picture = `${root}dist/workbench-${browser}.png`;
    await rm(picture, { force: true });
    const { code, output, complaints } = await start(browser);
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
    expect(output).toMatch(
      /^> GET http:\/\/127\.0\.0\.1:\d+\/get\?hello=workbench\n(?:> .*\n)*> Host: 127\.0\.0\.1:\d+$/m,
    );
    expect(output).toMatch(/^< 200 OK\n(?:< .*\n)*< Content-Type: application\/json$/m);
    expect(output).toMatch(/^ {2}"args": \{\n {4}"hello": "workbench"$/m);
    expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG');
  });
});
