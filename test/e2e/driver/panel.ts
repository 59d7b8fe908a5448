import { ACTION_TIMEOUT, GRACE, bounded } from './bounded.ts';
import { bundle } from './bundle.ts';
import { parseChord } from './chord.ts';
import { unwrap, wrap } from './evaluate.ts';
import type { Pattern, WireTarget } from './page-agent/find.ts';
import type { Agent } from './page-agent/index.ts';
import type { WireExpectation } from './page-agent/state.ts';
import type { Surface } from './surface.ts';
import type { Expectation, Name, Panel, Target, Where } from './types.ts';

/** An evaluation may await something of the product's, a slow response for one. */
const EVALUATE_TIMEOUT = 120_000;
const AGENT = '__workbenchDriver';

function pattern(name: Name): Pattern {
  return typeof name === 'string' ? name : { source: name.source, flags: name.flags.replace(/[gy]/g, '') };
}

function wireTarget({ role, name, index, within }: Target): WireTarget {
  return {
    role,
    ...(name !== undefined && { name: pattern(name) }),
    ...(index !== undefined && { index }),
    ...(within !== undefined && { within: wireTarget(within) }),
  };
}

function target(role: string, name: Name | undefined, { within, index }: Where = {}): WireTarget {
  return wireTarget({
    role,
    ...(name !== undefined && { name }),
    ...(index !== undefined && { index }),
    ...(within !== undefined && { within }),
  });
}

function wireExpectation({ text, value, description, ...flags }: Expectation): WireExpectation {
  return {
    ...flags,
    ...(text !== undefined && { text: pattern(text) }),
    ...(value !== undefined && { value: pattern(value) }),
    ...(description !== undefined && { description: pattern(description) }),
  };
}

/** The panel over a browser's surface: the agent in the page finds and reads, the surface does the real input. */
export function createPanel(surface: Surface): Panel {
  async function run(source: string, args: readonly unknown[], timeout: number, what: string): Promise<unknown> {
    const label = `${what} in ${surface.label}`;
    return unwrap(await bounded(surface.evaluate(wrap(source, args)), timeout + GRACE, label), label);
  }

  async function call<K extends keyof Agent>(
    method: K,
    args: Parameters<Agent[K]>,
    timeout = ACTION_TIMEOUT,
  ): Promise<Awaited<ReturnType<Agent[K]>>> {
    const invoke = `async (args) => window.${AGENT} ? { value: await window.${AGENT}.${method}(...args) } : 'no agent'`;
    let result = await run(invoke, [args], timeout, method);
    if (result === 'no agent') {
      const code = await bundle('page-agent/index.ts', 'workbenchDriver');
      await run(`() => { ${code}\nwindow.${AGENT} = workbenchDriver.agent; }`, [], timeout, 'injection');
      result = await run(invoke, [args], timeout, method);
    }
    const answer = typeof result === 'object' && result !== null && 'value' in result ? result.value : undefined;
    // What comes back is what the agent's method of this name returns: the bundle is made from the same source.
    return answer as Awaited<ReturnType<Agent[K]>>;
  }

  async function aim(wire: WireTarget, last: 'click' | 'pointerup', timeout = ACTION_TIMEOUT) {
    return call('aim', [wire, last, timeout], timeout);
  }

  const panel: Panel = {
    async fill(role, name, text, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      await surface.focus();
      const { empty } = await call('focusField', [target(role, name, where), 'all', timeout], timeout);
      if (text !== '') await surface.insertText(text);
      else if (!empty) await surface.press(parseChord('Delete'));
    },
    async type(role, name, text, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      await surface.focus();
      await call('focusField', [target(role, name, where), 'end', timeout], timeout);
      for (const key of text) await surface.press({ ...parseChord('a'), key: key === '\n' ? 'Enter' : key });
    },
    async paste(role, name, text, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      await surface.focus();
      await call('focusField', [target(role, name, where), 'all', timeout], timeout);
      await surface.paste(text);
    },
    async press(...chords) {
      await surface.focus();
      await call('activate', []);
      for (const chord of chords) await surface.press(parseChord(chord));
    },
    async click(role, name, where) {
      const wire = target(role, name, where);
      const { x, y } = await aim(wire, 'click', where?.timeout);
      await surface.mouse([
        { type: 'move', x, y },
        { type: 'down', x, y },
        { type: 'up', x, y },
      ]);
      await call('landed', [wire]);
    },
    async drag(role, name, { dx, dy }, where) {
      const wire = target(role, name, where);
      const { x, y } = await aim(wire, 'pointerup', where?.timeout);
      await surface.mouse([
        { type: 'move', x, y },
        { type: 'down', x, y },
        { type: 'move', x: x + dx / 2, y: y + dy / 2 },
        { type: 'move', x: x + dx, y: y + dy },
        { type: 'up', x: x + dx, y: y + dy },
      ]);
      await call('landed', [wire]);
    },
    async focus(role, name, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      await surface.focus();
      await call('focus', [target(role, name, where), timeout], timeout);
    },
    async select(role, name, option, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      const way = await call('choose', [target(role, name, where), option, timeout], timeout);
      if (way === 'fill') await panel.fill(role, name, option, where);
      if (way !== 'click') return;
      await panel.click(role, name, where);
      await panel.click('option', option);
    },
    async check(role, name, on, where) {
      const { checked, pressed } = await panel.state(role, name, where);
      if ((checked ?? pressed) === on) return;
      await panel.click(role, name, where);
      await panel.waitFor(role, name, checked === undefined ? { pressed: on } : { checked: on }, where);
    },

    text: async (role, name, where) => (await panel.state(role, name, where)).text,
    async value(role, name, where) {
      const { value } = await panel.state(role, name, where);
      if (value === undefined) throw new Error(`${role} ${String(name)} has no value`);
      return value;
    },
    state(role, name, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      return call('state', [target(role, name, where), timeout], timeout);
    },
    exists: async (role, name, where) => (await panel.count(role, name, where)) > 0,
    count: (role, name, where) => call('count', [target(role, name, where)]),
    names: (role, where) => call('names', [target(role, undefined, where)]),
    waitFor(role, name, expected = {}, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      return call('waitFor', [target(role, name, where), wireExpectation(expected), timeout], timeout);
    },
    async waitUntilGone(role, name, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      await call('waitUntilGone', [target(role, name, where), timeout], timeout);
    },
    tableRows(name, where) {
      const timeout = where?.timeout ?? ACTION_TIMEOUT;
      return call('rows', [target('table', name, where), timeout], timeout);
    },
    focused: async () => (await call('focused', [])) ?? undefined,

    async evaluate<T>(source: unknown, ...args: readonly unknown[]): Promise<T> {
      return (await run(String(source), args, EVALUATE_TIMEOUT, 'evaluation')) as T;
    },
    async injectScript(source) {
      await run(`() => { ${source}\n; }`, [], EVALUATE_TIMEOUT, 'injected script');
    },
    consoleErrors: () => surface.errors(),
    screenshot: () => surface.screenshot(),
    async waitForMedia(query) {
      await call('waitForMedia', [query, ACTION_TIMEOUT]);
    },
    size: () => call('size', []),
  };
  return panel;
}
