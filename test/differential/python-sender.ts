import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HeaderLine } from '../../src/http/types.ts';
import { python } from '../support/httpbin.ts';
import type { SentFacts } from './facts.ts';
import type { Sender } from './sender.ts';

interface Greeting {
  readonly version: string;
  readonly urllib3: string;
  readonly defaults: readonly HeaderLine[];
}

interface PythonSender extends Sender {
  /** Of Requests, e.g. `2.28.1`. */
  readonly version: string;
}

/** Starts the real Requests (Debian: python3-requests). It answers one case after another. */
export async function startPythonSender(executable = python): Promise<PythonSender> {
  const driver = fileURLToPath(new URL('driver.py', import.meta.url));
  const child = spawn(executable, ['-I', '-B', driver], { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function answer<T>(): Promise<T> {
    const { value, done } = await lines.next();
    if (done) throw new Error(`Requests did not answer (package python3-requests, ${executable}): ${complaint}`);
    return JSON.parse(value) as T;
  }

  const { version, defaults } = await answer<Greeting>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    name: 'requests',
    letter: 'p',
    version,
    defaults,
    blind: new Set(),
    refuses: () => null,
    send(c) {
      const facts = turn.then(() => {
        child.stdin.write(`${JSON.stringify(c)}\n`);
        return answer<SentFacts>();
      });
      turn = facts.catch(() => undefined);
      return facts;
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}
