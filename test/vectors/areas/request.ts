import { dispatchHook, mergeHooks } from '../../../src/http/hooks.ts';
import { guessJsonUtf } from '../../../src/http/json-utf.ts';
import { PreparedRequest } from '../../../src/http/prepared-request.ts';
import { codes, statusNames } from '../../../src/http/status-codes.ts';
import type { ResponseHook } from '../../../src/http/types.ts';
import type { Areas, VectorCase } from '../area.ts';
import { asGiven, list, text } from '../values.ts';

const EARLY_HINTS = 'early_hints is 103 (RFC 8297), where Requests says 102';

/** Notes which step of `prepare` begins when. */
class StepRecorder extends PreparedRequest {
  readonly steps: string[] = [];

  override prepareMethod(...args: Parameters<PreparedRequest['prepareMethod']>): void {
    this.steps.push('method');
    super.prepareMethod(...args);
  }
  override prepareUrl(...args: Parameters<PreparedRequest['prepareUrl']>): void {
    this.steps.push('url');
    super.prepareUrl(...args);
  }
  override prepareHeaders(...args: Parameters<PreparedRequest['prepareHeaders']>): void {
    this.steps.push('headers');
    super.prepareHeaders(...args);
  }
  override prepareCookies(...args: Parameters<PreparedRequest['prepareCookies']>): void {
    this.steps.push('cookies');
    super.prepareCookies(...args);
  }
  override prepareBody(...args: Parameters<PreparedRequest['prepareBody']>): void {
    this.steps.push('body');
    super.prepareBody(...args);
  }
  override async prepareAuth(...args: Parameters<PreparedRequest['prepareAuth']>): Promise<void> {
    this.steps.push('auth');
    await super.prepareAuth(...args);
  }
  override prepareHooks(...args: Parameters<PreparedRequest['prepareHooks']>): void {
    this.steps.push('hooks');
    super.prepareHooks(...args);
  }
}

function preparedMethod(method: unknown): string | null {
  const request = new PreparedRequest();
  request.prepareMethod(asGiven(method));
  // A request without a method has '' here, None in Python.
  return request.method || null;
}

/** The vectors' hooks work on text; ours pass through whatever they are given. */
const HOOKS: Readonly<Record<string, (data: string) => string | undefined>> = {
  drop_first: (data) => data.slice(1),
  none: () => undefined,
};

function dispatch(names: readonly unknown[], data: unknown): Promise<unknown> {
  const hooks = names.map((name) => HOOKS[text(name)]);
  if (hooks.includes(undefined)) throw new Error(`no counterpart for one of ${names.join(', ')}`);
  return dispatchHook(asGiven<ResponseHook[]>(hooks), asGiven(data), {});
}

function namesWithEarlyHints(expected: unknown): unknown {
  const table = asGiven<ReadonlyMap<string, readonly string[]>>(expected);
  const changed = new Map(table);
  changed.set('102', ['processing']);
  changed.set('103', ['early_hints', 'early-hints', 'checkpoint']);
  return changed;
}

function earlyHints({ input }: VectorCase): number | undefined {
  return /^early[-_]hints$/i.test(text(input['name'])) ? 103 : undefined;
}

export const areas: Areas = {
  prepare_method: { run: ({ method }) => preparedMethod(method) },
  prepare_order: {
    run: async () => {
      const { steps } = await new StepRecorder().prepare({ method: 'GET', url: 'http://example.com/' });
      return steps;
    },
  },
  merge_hooks: { run: ({ request, session }) => mergeHooks(asGiven(request), asGiven(session)) },
  dispatch_hook: { run: ({ hooks, data }) => dispatch(list(hooks), data) },
  status_codes_lookup: {
    run: ({ name }) => codes[text(name)],
    divergence: (_input, c) => {
      const expected = earlyHints(c);
      return expected === undefined ? undefined : { rule: EARLY_HINTS, expected };
    },
  },
  status_codes_table: {
    run: () => new Map(Array.from(statusNames, ([code, names]) => [String(code), names])),
    divergence: (_input, c) => ({ rule: EARLY_HINTS, expected: namesWithEarlyHints(c.expected) }),
  },
  guess_json_utf: { run: ({ data }) => guessJsonUtf(asGiven(data)) },
};
