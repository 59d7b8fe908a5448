import type { Browser } from 'puppeteer-core';
import { bounded } from '../bounded.ts';
import { bundle } from '../bundle.ts';
import { unwrap, wrap } from '../evaluate.ts';
import type { ChromeSide } from './chrome-side.ts';

const CALL_TIMEOUT = 60_000;
const NAME = 'workbenchDriver';

interface BidiConnection {
  send(method: string, params: object): Promise<{ readonly result: unknown }>;
}

/** Puppeteer keeps its WebDriver BiDi connection to itself, and has no call for Mozilla's own parameters. */
function connectionOf(browser: Browser): BidiConnection {
  const connection: unknown = 'connection' in browser ? browser.connection : undefined;
  if (typeof connection === 'object' && connection !== null && 'send' in connection)
    return connection as BidiConnection;
  throw new Error('This Puppeteer does not give its BiDi connection');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

/** Firefox's browser window with its privileges: there the chrome side of the driver runs. */
export class ChromeScope {
  readonly #connection: BidiConnection;
  readonly #context: unknown;

  private constructor(connection: BidiConnection, context: unknown) {
    this.#connection = connection;
    this.#context = context;
  }

  /** Enters the browser window. Firefox must run with `--remote-allow-system-access`. */
  static async enter(browser: Browser): Promise<ChromeScope> {
    const connection = connectionOf(browser);
    const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 });
    const contexts = member(result, 'contexts');
    const context = Array.isArray(contexts) ? member(contexts[0], 'context') : undefined;
    if (context === undefined) throw new Error('Firefox shows no browser window');
    const scope = new ChromeScope(connection, context);
    const code = await bundle('firefox/chrome-side.ts', NAME);
    await scope.#run(`() => { ${code}\nglobalThis.${NAME} = ${NAME}.driver; }`, [], CALL_TIMEOUT);
    return scope;
  }

  async #run(source: string, args: readonly unknown[], timeout: number): Promise<unknown> {
    const evaluation = this.#connection.send('script.evaluate', {
      expression: wrap(source, args),
      target: { context: this.#context },
      awaitPromise: true,
      userActivation: true,
    });
    const { result } = await (timeout > 0 ? bounded(evaluation, timeout, 'Firefox') : evaluation);
    return unwrap(member(member(result, 'result'), 'value'), 'Firefox');
  }

  /** Calls a method of the chrome side. `timeout` 0: the caller bounds it. */
  async call<K extends keyof ChromeSide>(
    method: K,
    args: Parameters<ChromeSide[K]>,
    timeout = CALL_TIMEOUT,
  ): Promise<Awaited<ReturnType<ChromeSide[K]>>> {
    const result = await this.#run(`(args) => ${NAME}.${method}(...args)`, [args], timeout);
    // What comes back is what the chrome side's method of this name returns: the bundle is made from the same source.
    return result as Awaited<ReturnType<ChromeSide[K]>>;
  }
}
