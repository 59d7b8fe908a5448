import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { python } from '../support/httpbin.ts';
import { zip } from '../../tools/zip.mjs';

const files: [string, Buffer][] = [
  ['manifest.json', Buffer.from('{"manifest_version":3}')],
  ['assets/größe.txt', Buffer.from('x'.repeat(100_000))],
  ['empty', Buffer.alloc(0)],
  ['bytes.bin', Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7919) % 256))],
];

it('writes what another program reads back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'request-workbench-zip-'));
  const archive = join(folder, 'a.zip');
  await writeFile(archive, zip(new Map(files)));
  const program = `
import base64, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: base64.b64encode(archive.read(name)).decode() for name in archive.namelist()}))
`;
  const { stdout, stderr } = spawnSync(python, ['-I', '-c', program, archive], {
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  await rm(folder, { recursive: true });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(
    Object.fromEntries(files.map(([name, content]) => [name, content.toString('base64')])),
  );
});

it('gives the same bytes for the same files in any order', () => {
  expect(zip(new Map(files)).equals(zip(new Map(files.toReversed())))).toBe(true);
});
