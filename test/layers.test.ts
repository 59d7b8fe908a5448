import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** oxlint's program as this project has it installed. */
const oxlint = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin', 'oxlint');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'request-workbench-layers-'));
  await copyFile(fileURLToPath(new URL('../.oxlintrc.json', import.meta.url)), join(folder, '.oxlintrc.json'));
});

afterAll(() => rm(folder, { recursive: true }));

/** What the project's rules say about a source file at this place in the tree; the file is all there is in that tree. */
async function lint(path: string, source: string): Promise<{ passes: boolean; says: string }> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, source);
  try {
    return await new Promise((resolve) => {
      execFile(process.execPath, [oxlint, path], { cwd: folder }, (error, stdout, stderr) => {
        // The report wraps long lines.
        resolve({ passes: error === null, says: `${stdout}${stderr}`.replaceAll(/\s*\n[\s|`,-]*/g, ' ') });
      });
    });
  } finally {
    await rm(join(folder, 'src'), { recursive: true });
  }
}

const using = (name: string) => `export const probe = ${name};\n`;
const calling = (call: string) => `export const probe = () => ${call};\n`;
const importing = (from: string) => `import { thing } from '${from}';\n${using('thing')}`;
const importingType = (from: string) => `import type { Thing } from '${from}';\nexport type Probe = Thing;\n`;

const forbidden: readonly (readonly [what: string, path: string, source: string, message: string])[] = [
  [
    'the engine importing model',
    'src/http/probe.ts',
    importing('../model/draft.ts'),
    'The engine imports no other layer',
  ],
  [
    'the engine importing a type of model',
    'src/http/auth/probe.ts',
    importingType('../../model/draft.ts'),
    'no other layer',
  ],
  ['the engine with a document', 'src/http/probe.ts', using('document.title'), 'The engine has no DOM'],
  [
    'the engine with an extension API',
    'src/http/probe.ts',
    importing('webextension-polyfill'),
    'neither the extension API',
  ],
  ['the engine calling fetch', 'src/http/session.ts', calling("fetch('/')"), 'Only http/transports may call fetch'],
  [
    'model importing the panel',
    'src/model/probe.ts',
    importing('../panel/strings.ts'),
    'model imports types of http only',
  ],
  ['model importing code of the engine', 'src/model/probe.ts', importing('../http/url.ts'), 'types of http only'],
  [
    'formats importing the panel',
    'src/formats/probe.ts',
    importing('../panel/strings.ts'),
    'below the background and the panel',
  ],
  ['inspect importing Session', 'src/inspect/probe.ts', importing('../http/session.ts'), 'pure leaves of http'],
  ['variables importing storage', 'src/variables/probe.ts', importing('../storage/drafts.ts'), 'imports model only'],
  ['variables importing the engine', 'src/variables/probe.ts', importing('../http/url.ts'), 'imports model only'],
  ['variables with a document', 'src/variables/probe.ts', using('document.title'), 'This layer has no DOM'],
  [
    'the background importing variables',
    'src/background/probe.ts',
    importing('../variables/template.ts'),
    'http, model, protocol and storage only',
  ],
  ['storage with a document', 'src/storage/probe.ts', using('document.title'), 'This layer has no DOM'],
  ['protocol with the polyfill', 'src/protocol/probe.ts', importing('webextension-polyfill'), 'named panel files only'],
  [
    'the background importing the panel',
    'src/background/probe.ts',
    importing('../panel/strings.ts'),
    'http, model, protocol and storage only',
  ],
  [
    'the background calling fetch elsewhere',
    'src/background/probe.ts',
    calling("fetch('/')"),
    'browser-transport and offscreen only',
  ],
  [
    'the panel importing the background',
    'src/panel/probe.ts',
    importing('../background/main.ts'),
    'through the protocol only',
  ],
  [
    'the panel importing Session',
    'src/panel/state/probe.ts',
    importing('../../http/session.ts'),
    'pure leaves of http only',
  ],
  ['the panel calling fetch', 'src/panel/probe.ts', calling("fetch('/')"), 'The panel never fetches'],
  [
    'the panel calling globalThis.fetch',
    'src/panel/probe.ts',
    calling("globalThis.fetch('/')"),
    'The panel never fetches',
  ],
  [
    'the panel with an extension API',
    'src/panel/probe.ts',
    importing('webextension-polyfill'),
    'platform.ts talk to the extension API',
  ],
];

const allowed: readonly (readonly [what: string, path: string, source: string])[] = [
  ['the engine importing itself', 'src/http/probe.ts', importing('./url.ts')],
  ['the engine with URL', 'src/http/probe.ts', calling("new URL('http://x/')")],
  ['a transport calling fetch', 'src/http/transports/probe.ts', calling("fetch('/')")],
  ['model importing a type of the engine', 'src/model/probe.ts', importingType('../http/types.ts')],
  ['formats importing model', 'src/formats/probe.ts', importing('../model/draft.ts')],
  ['formats importing variables', 'src/formats/probe.ts', importing('../variables/template.ts')],
  ['variables importing model', 'src/variables/probe.ts', importing('../model/environment.ts')],
  ['the panel importing variables', 'src/panel/probe.ts', importing('../variables/resolver.ts')],
  ['inspect importing a leaf of the engine', 'src/inspect/probe.ts', importing('../http/encoding.ts')],
  ['the background importing Session', 'src/background/probe.ts', importing('../http/session.ts')],
  ['browser-transport calling fetch', 'src/background/browser-transport.ts', calling("fetch('/')")],
  ['the panel importing model', 'src/panel/probe.ts', importing('../model/draft.ts')],
  ['the panel importing a type of Session', 'src/panel/probe.ts', importingType('../http/session.ts')],
  ['the panel with a document', 'src/panel/probe.ts', using('document.title')],
  ['platform.ts with the extension API', 'src/panel/platform.ts', importing('webextension-polyfill')],
];

describe('the layer rules forbid', () => {
  it.each(forbidden)('%s', async (_what, path, source, message) => {
    const { passes, says } = await lint(path, source);
    expect(says).toContain(message);
    expect(passes).toBe(false);
  });
});

describe('the layer rules allow', () => {
  it.each(allowed)('%s', async (_what, path, source) => {
    const { passes, says } = await lint(path, source);
    expect({ passes, says }).toEqual({ passes: true, says: expect.stringContaining('0 errors') });
  });
});
