// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { openView, type OpenView } from '../../../src/panel/response/body/open-view.ts';
import { useActiveRow } from '../../../src/panel/response/body/use-active-row.ts';

afterEach(cleanup);

function Tree({ view }: { view: OpenView }) {
  const { active, onKeyDown } = useActiveRow(view, null);
  return (
    <div role="tree" tabIndex={0} onKeyDown={onKeyDown}>
      {active}
    </div>
  );
}

async function open(json: string) {
  const blob = new Blob([json]);
  const view = openView({ kind: 'json', blob, charset: 'utf-8', layout: 'tree', many: false });
  await waitFor(() => expect(view.state.value?.done).toBe(true));
  return view;
}

function press(...keys: readonly string[]): void {
  for (const key of keys) fireEvent.keyDown(screen.getByRole('tree'), { key });
}

const shown = (): string | null => screen.getByRole('tree').textContent;

test('keys that come faster than a row can be read each go on from where the one before has led', async () => {
  // Rows: { "a": { "b": { "c": 1 } } }
  const view = await open('{"a":{"b":{"c":1}}}');
  render(<Tree view={view} />);
  press('ArrowDown', 'ArrowDown', 'ArrowDown');
  await waitFor(() => expect(shown()).toBe('3'));
  // Out of the value to b, which closes; out of b to a.
  press('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await waitFor(() => expect(shown()).toBe('1'));
  press('ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowUp');
  await waitFor(() => expect(shown()).toBe('3'));
  view.close();
});

test('a view that was closed under a key does not hold up those of the next one', async () => {
  const view = await open('{"a":{"b":1}}');
  const next = await open('[1,[2]]');
  const { rerender } = render(<Tree view={view} />);
  press('ArrowLeft');
  view.close();
  rerender(<Tree view={next} />);
  press('ArrowDown', 'ArrowDown', 'ArrowLeft');
  await waitFor(() => expect(shown()).toBe('2'));
  next.close();
});
