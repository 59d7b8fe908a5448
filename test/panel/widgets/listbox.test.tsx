// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { Listbox, type ListGroup } from '../../../src/panel/widgets/listbox.tsx';
import { emptySelection, type Selection } from '../../../src/panel/widgets/selection.ts';

afterEach(cleanup);

interface Item {
  readonly id: string;
}

const items = (count: number): Item[] => Array.from({ length: count }, (_, at) => ({ id: `i${at}` }));

function setUp(groups: readonly ListGroup<Item>[]) {
  const selection = signal<Selection>(emptySelection);
  const opened: string[] = [];
  function Harness() {
    return (
      <Listbox
        label="Things"
        groups={groups}
        selection={selection.value}
        onSelect={(next) => (selection.value = next)}
        onOpen={(id) => opened.push(id)}
        option={({ id }) => id}
      />
    );
  }
  render(<Harness />);
  const list = screen.getByRole('listbox', { name: 'Things' });
  const press = (key: string, more: Partial<KeyboardEventInit> = {}): void =>
    void fireEvent.keyDown(list, { key, ...more });
  const selected = (): string[] => [...selection.value.ids];
  return { list, press, selected, selection, opened };
}

const all = (count: number): ListGroup<Item>[] => [{ key: 'all', label: null, items: items(count) }];

test('of ten thousand options only those in sight exist, and each says where it stands', () => {
  setUp(all(10_000));
  const options = screen.getAllByRole('option');
  expect(options.length).toBeLessThan(100);
  expect(options[0]?.getAttribute('aria-setsize')).toBe('10000');
  expect(options[0]?.getAttribute('aria-posinset')).toBe('1');
});

test('the option that the keyboard stands on exists wherever one has scrolled to', async () => {
  const { list, press } = setUp(all(10_000));
  press('End');
  await screen.findByText('i9999');
  expect(list.getAttribute('aria-activedescendant')).toBe(screen.getByText('i9999').id);
});

test('arrow keys, Home and End select; Shift extends; Ctrl only moves; Space toggles; Ctrl+A takes all', () => {
  const { press, selected, selection } = setUp(all(30));
  press('ArrowDown');
  expect(selected()).toEqual(['i0']);
  press('ArrowDown');
  press('ArrowDown', { shiftKey: true });
  press('ArrowDown', { shiftKey: true });
  expect(selected()).toEqual(['i1', 'i2', 'i3']);
  press('ArrowUp', { shiftKey: true });
  expect(selected()).toEqual(['i1', 'i2']);
  press('ArrowDown', { ctrlKey: true });
  press('ArrowDown', { ctrlKey: true });
  expect([selected(), selection.value.active]).toEqual([['i1', 'i2'], 'i4']);
  press(' ');
  expect(selected()).toEqual(['i1', 'i2', 'i4']);
  press('Home');
  expect(selected()).toEqual(['i0']);
  press('End', { shiftKey: true });
  expect(selected()).toHaveLength(30);
  press('ArrowUp');
  press('a', { ctrlKey: true });
  expect(selected()).toHaveLength(30);
});

test('clicks select, with Ctrl they toggle, with Shift they extend', () => {
  const { selected } = setUp(all(30));
  fireEvent.click(screen.getByText('i2'));
  fireEvent.click(screen.getByText('i5'), { ctrlKey: true });
  expect(selected()).toEqual(['i2', 'i5']);
  fireEvent.click(screen.getByText('i7'), { shiftKey: true });
  expect(selected()).toEqual(['i5', 'i6', 'i7']);
});

test('Enter opens the option that the keyboard stands on, and leaves Ctrl+Enter to others', () => {
  const { press, opened } = setUp(all(3));
  press('Enter');
  press('ArrowDown');
  press('Enter', { ctrlKey: true });
  expect(opened).toEqual([]);
  press('Enter');
  expect(opened).toEqual(['i0']);
});

test('groups have names, and their headings are no options', () => {
  setUp([
    { key: '1', label: 'First page', items: items(2) },
    { key: '2', label: 'Second page', items: [{ id: 'other' }] },
  ]);
  expect(screen.getByRole('group', { name: 'First page' }).querySelectorAll('[role=option]')).toHaveLength(2);
  expect(screen.getAllByRole('option').map((option) => option.getAttribute('aria-posinset'))).toEqual(['1', '2', '3']);
});
