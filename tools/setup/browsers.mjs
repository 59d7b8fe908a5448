import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { outputOf, SetupError } from './run.mjs';
import { installPackages } from './system-packages.mjs';

/** @typedef {'chromium' | 'firefox'} BrowserKind */

/**
 * @typedef {object} BrowserFacts
 * @property {string} label for people
 * @property {string} variable the environment variable that names the program
 * @property {number} oldest the least version that the extension runs on (see manifest.json)
 * @property {readonly string[]} commands names on PATH
 * @property {readonly string[]} places where installers put it
 * @property {readonly string[]} packages names at Debian
 */

const programFiles = [
  process.env['ProgramFiles'],
  process.env['ProgramFiles(x86)'],
  process.env['LOCALAPPDATA'],
].flatMap((folder) => folder ?? []);

/** @param {...string} parts */
const underProgramFiles = (...parts) => programFiles.map((folder) => join(folder, ...parts));

/** @param {string} application @param {string} program */
const macApplication = (application, program) =>
  ['/Applications', join(homedir(), 'Applications')].map(
    (folder) => `${folder}/${application}.app/Contents/MacOS/${program}`,
  );

/** A page needs at least one font to be drawn; a bare Debian has none. */
const font = 'fonts-dejavu-core';

/** @type {Readonly<Record<BrowserKind, BrowserFacts>>} */
const browsers = {
  chromium: {
    label: 'Chromium or Chrome',
    variable: 'CHROMIUM',
    oldest: 148,
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    places: [
      ...macApplication('Chromium', 'Chromium'),
      ...macApplication('Google Chrome', 'Google Chrome'),
      ...underProgramFiles('Chromium', 'Application', 'chrome.exe'),
      ...underProgramFiles('Google', 'Chrome', 'Application', 'chrome.exe'),
    ],
    packages: ['chromium', font],
  },
  firefox: {
    label: 'Firefox',
    variable: 'FIREFOX',
    oldest: 140,
    commands: ['firefox-esr', 'firefox'],
    places: [...macApplication('Firefox', 'firefox'), ...underProgramFiles('Mozilla Firefox', 'firefox.exe')],
    packages: ['firefox-esr', font],
  },
};

/**
 * Where a browser is that the extension runs on: named by CHROMIUM or FIREFOX, else on PATH, else in the usual places.
 * @param {BrowserKind} kind
 * @returns {string | undefined}
 */
export function findBrowser(kind) {
  const { label, variable, commands, places, oldest } = browsers[kind];
  const named = process.env[variable];
  if (named) {
    if (isProgram(named)) return named;
    throw new SetupError(`${variable} is ${named}, but there is no such program.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const candidates = [...commands.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].filter(
    isProgram,
  );
  const fitting = candidates.find((path) => versionOf(path) >= oldest);
  if (!fitting && candidates[0]) console.log(`${candidates[0]} is no ${label} of version ${oldest} or later.`);
  return fitting;
}

/**
 * Finds a browser, installing it where that may be done.
 * @param {BrowserKind} kind
 * @returns {Promise<string>} the program's path
 */
export async function ensureBrowser(kind) {
  const { label, variable, oldest, packages } = browsers[kind];
  const there = findBrowser(kind);
  if (there) return there;
  await installPackages(`${label} ${oldest} or later (or ${variable}=/path/to/it)`, packages);
  const installed = findBrowser(kind);
  if (installed) return installed;
  throw new SetupError(
    `The package ${packages[0]} of this system has no ${label} ${oldest} or later. Please install one.`,
  );
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The major version of a browser; 0 where it does not run (Ubuntu has stubs that only point to a snap).
 * @param {string} path
 */
function versionOf(path) {
  // On Windows browsers print nothing: whatever is there is taken.
  if (process.platform === 'win32') return Number.POSITIVE_INFINITY;
  return Number(/(\d+)\.\d/.exec(outputOf(path, ['--version']) ?? '')?.[1] ?? 0);
}
