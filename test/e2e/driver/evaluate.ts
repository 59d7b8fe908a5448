/** Carrying code and results between the driver and a page. */

type Outcome = { readonly ok: true; readonly value?: unknown } | { readonly ok: false; readonly error: string };

/**
 * The expression that runs `source` (an expression, or a function to be called with `args`) and gives an outcome: an
 * exception must cross as data, for each browser decorates exceptions in its own way.
 * `__name` is what esbuild wraps around functions; it does not exist in the page.
 */
export function wrap(source: string, args: readonly unknown[]): string {
  return `(async () => {
    try {
      const __name = (value) => value;
      const subject = (${source}\n);
      const value = typeof subject === 'function' ? await subject(...${JSON.stringify(args)}) : await subject;
      return JSON.stringify({ ok: true, value });
    } catch (error) {
      return JSON.stringify({ ok: false, error: String(error?.message ?? error) });
    }
  })()`;
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean';
}

/** The value of a wrapped expression's result. Throws what the page threw, with the caller's place in the message. */
export function unwrap(result: unknown, where: string): unknown {
  const outcome: unknown = typeof result === 'string' ? JSON.parse(result) : undefined;
  if (!isOutcome(outcome)) throw new Error(`${where} gave no result: ${JSON.stringify(result)}`);
  if (!outcome.ok) throw new Error(`${where}: ${outcome.error}`);
  return outcome.value;
}
