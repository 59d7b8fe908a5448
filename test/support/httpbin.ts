import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The real httpbin, running. */
interface Httpbin {
  readonly port: number;
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Debian's packages belong to Debian's Python, which need not be the first on PATH. Where another one has httpbin and
 * Requests, PYTHON names it.
 */
export const python = process.env['PYTHON'] ?? '/usr/bin/python3';

/** The system picks the port, so none is guessed; the end of standard input ends it, so it never outlives its parent. */
const program = `
import logging, os, sys, threading
from werkzeug.serving import make_server
from httpbin import app
logging.getLogger('werkzeug').setLevel(logging.CRITICAL)
app.logger.setLevel(logging.CRITICAL)
server = make_server('127.0.0.1', 0, app, threaded=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print(server.port, flush=True)
server.serve_forever()
`;

/** Starts httpbin (Debian: python3-httpbin) on a free loopback port; it listens once this settles. */
export async function startHttpbin(): Promise<Httpbin> {
  const server = spawn(python, ['-I', '-c', program], { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const exited = once(server, 'exit').catch((error: unknown) => {
    complaint += String(error);
  });
  const port = await Promise.race([
    once(server.stdout, 'data').then(([line]) => Number(String(line))),
    exited.then(() => undefined),
  ]);
  if (!port) throw new Error(`httpbin did not start (package python3-httpbin, ${python}): ${complaint}`);
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    async close() {
      server.stdin.end();
      await exited;
    },
  };
}
