import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const made = new Map<string, Promise<string>>();

async function make(entry: string, name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['iife'], name },
    },
  });
  const output = Array.isArray(result) ? result[0] : result;
  if (output === undefined || !('output' in output)) throw new Error(`Vite made nothing of ${entry}`);
  return output.output[0].code;
}

/**
 * A module of the driver with all it imports, as one classic script that assigns the module to `var <name>`: the form
 * in which code can be injected into a page. Made once per process.
 */
export function bundle(entry: string, name: string): Promise<string> {
  let code = made.get(entry);
  if (code === undefined) made.set(entry, (code = make(entry, name)));
  return code;
}
