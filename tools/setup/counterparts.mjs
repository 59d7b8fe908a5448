import { outputOf, SetupError } from './run.mjs';
import { installPackages } from './system-packages.mjs';

/** Debian's packages belong to Debian's own Python, which need not be the first on PATH. */
const pythons = ['/usr/bin/python3', 'python3', 'python'];

/**
 * A Python that has the real Requests and httpbin, which tests compare with.
 * @returns {Promise<string>} the program; also put into the environment variable PYTHON, where tests look
 */
export async function ensurePythonCounterparts() {
  const there = findPython();
  if (there) return there;
  await installPackages('Python with the modules requests and httpbin', ['python3-requests', 'python3-httpbin']);
  const installed = findPython();
  if (installed) return installed;
  throw new SetupError('Python cannot import requests and httpbin. Please install both (PYTHON may name the program).');
}

function findPython() {
  const named = process.env['PYTHON'];
  const found = (named ? [named] : pythons).find(
    (python) => outputOf(python, ['-I', '-c', 'import requests, httpbin']) !== undefined,
  );
  if (found) process.env['PYTHON'] = found;
  return found;
}

/** openssl makes the certificates of the TLS tests. */
export async function ensureOpenssl() {
  if (outputOf('openssl', ['version']) === undefined) await installPackages('openssl', ['openssl']);
}
